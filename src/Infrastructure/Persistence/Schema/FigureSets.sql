-- Figures again: those of new claims follow a statement, not each of its rows, and every search for a conflict is a statement of its own.
--
-- The second is for the sake of the index. A GiST scan that is stopped early, as "exists" stops it, and then begun anew in the same statement, as for the next
-- row, still holds the places of dead entries that it has passed (gistrescan() does not clear them; so it is in PostgreSQL 14 to 18). If the page is split
-- meanwhile, as by an insert of that very statement, it marks as dead whatever stands in these places now, and figures that are there are never found
-- again. A scan that is begun once forgets them at its end.

-- Puts one figure. What comes of it is as if nothing else were written at that time: see follow_figures() for whose turn it is.
create function put_figure(claim uuid, figure_place smallint, figure_key uuid, figure_metric text, figure_period tstzrange, figure_amount numrange)
returns void language plpgsql as $$
begin
    insert into claim_figures (claim_id, place, key, metric, period, amount, conflicting)
    values (claim, figure_place, figure_key, figure_metric, figure_period, figure_amount,
        exists (select from claim_figures o where o.key = figure_key and o.period && figure_period and o.amount << figure_amount and o.claim_id <> claim)
        or exists (select from claim_figures o where o.key = figure_key and o.period && figure_period and o.amount >> figure_amount and o.claim_id <> claim));
end $$;

-- Those that a figure stood against may stand against nothing now. Should there be more than these, lists find out.
create function look_after(gone claim_figures) returns void language plpgsql as $$
declare
    most constant int := 100;
    left_over claim_figures[];
    f claim_figures;
begin
    left_over := array(
        (select o from claim_figures o where o.key = gone.key and o.period && gone.period and o.amount << gone.amount and o.conflicting limit most)
        union all
        (select o from claim_figures o where o.key = gone.key and o.period && gone.period and o.amount >> gone.amount and o.conflicting limit most));
    foreach f in array left_over loop
        update claim_figures set conflicting = false
        where claim_id = f.claim_id and place = f.place
            and not exists (select from claim_figures o where o.key = f.key and o.period && f.period and o.amount << f.amount and o.claim_id <> f.claim_id)
            and not exists (select from claim_figures o where o.key = f.key and o.period && f.period and o.amount >> f.amount and o.claim_id <> f.claim_id);
    end loop;
end $$;

create or replace function follow_figures() returns trigger language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare
    given jsonb := case when new.live then new.quantities else '[]' end;
    turn int;
    gone claim_figures;
    come record;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception using errcode = 'feature_not_supported',
            message = 'quantities change under READ COMMITTED only: an older snapshot does not show what others have written';
    end if;

    for turn in
        select distinct hashtext(k.key::text) & 255 as turn
        from (select f.key from figures_of(given) f union select f.key from claim_figures f where f.claim_id = new.id) k
        order by turn
    loop
        perform pg_advisory_xact_lock(7363004, turn);
    end loop;

    for gone in
        delete from claim_figures f
        where f.claim_id = new.id and not exists (
            select from figures_of(given) g where (g.place, g.key, g.period, g.amount) = (f.place, f.key, f.period, f.amount))
        returning f.*
    loop
        perform look_after(gone);
    end loop;

    for come in
        select g.* from figures_of(given) g where not exists (select from claim_figures f where f.claim_id = new.id and f.place = g.place)
    loop
        perform put_figure(new.id, come.place, come.key, come.metric, come.period, come.amount);
    end loop;
    return null;
end $$;

create function follow_new_figures() returns trigger language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare
    ids uuid[];
    given jsonb[];
    turn int;
    come record;
begin
    select array_agg(id order by n), array_agg(quantities order by n) into ids, given
    from (select id, quantities, live, row_number() over () as n from after_change) a where quantities <> '[]' and live;
    if ids is null then
        return null;
    end if;

    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception using errcode = 'feature_not_supported',
            message = 'quantities change under READ COMMITTED only: an older snapshot does not show what others have written';
    end if;

    -- All turns before anything is looked at, in ascending order, as one claim takes them.
    for turn in
        select distinct hashtext(f.key::text) & 255 as turn from unnest(given) g cross join lateral figures_of(g) f order by turn
    loop
        perform pg_advisory_xact_lock(7363004, turn);
    end loop;

    for come in
        select i.id, g.* from unnest(ids, given) with ordinality i(id, quantities, n) cross join lateral figures_of(i.quantities) g order by i.n, g.place
    loop
        perform put_figure(come.id, come.place, come.key, come.metric, come.period, come.amount);
    end loop;
    return null;
end $$;

-- What entries were lost comes back, and with them the marks of whoever did not find them. Nobody writes meanwhile, so no page is split; whoever reads claims goes on.
lock table claims, claim_figures in share row exclusive mode;
create or replace trigger figures_inserted after insert on claims
    referencing new table as after_change for each statement execute function follow_new_figures();
reindex index ix_claim_figures_comparison;
reindex index ix_claim_figures_marked;
analyze claim_figures;
create temp table figures_in_conflict on commit drop as
select f.claim_id, f.place from claim_figures f
where exists (select from claim_figures o where o.key = f.key and o.period && f.period and o.amount << f.amount and o.claim_id <> f.claim_id)
    or exists (select from claim_figures o where o.key = f.key and o.period && f.period and o.amount >> f.amount and o.claim_id <> f.claim_id);
update claim_figures f set conflicting = true from figures_in_conflict c where (c.claim_id, c.place) = (f.claim_id, f.place) and not f.conflicting;
