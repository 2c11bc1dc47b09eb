-- Figures follow a statement, not each of its rows, and come out the same, "conflicting" too: as if the rows had been written one after the other.

-- Puts one claim's figures to what its quantities say. A figure that stays as it was keeps its row, and its place in lists.
create or replace function put_figures_of(claim uuid, given jsonb) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare
    most constant int := 1000;
    gone claim_figures;
begin
    for gone in
        delete from claim_figures f
        where f.claim_id = claim and not exists (
            select from figures_of(given) g where (g.place, g.key, g.period, g.amount) = (f.place, f.key, f.period, f.amount))
        returning f.*
    loop
        -- Those that it stood against may stand against nothing now. Should there be more than these, lists find out.
        update claim_figures f set conflicting = false
        where (f.claim_id, f.place) in (
                (select o.claim_id, o.place from claim_figures o
                where o.key = gone.key and o.period && gone.period and o.amount << gone.amount and o.conflicting limit most)
                union all
                (select o.claim_id, o.place from claim_figures o
                where o.key = gone.key and o.period && gone.period and o.amount >> gone.amount and o.conflicting limit most))
            and not exists (select from claim_figures o where o.key = f.key and o.period && f.period and o.amount << f.amount and o.claim_id <> f.claim_id)
            and not exists (select from claim_figures o where o.key = f.key and o.period && f.period and o.amount >> f.amount and o.claim_id <> f.claim_id);
    end loop;

    insert into claim_figures (claim_id, place, key, metric, period, amount, conflicting)
    select claim, g.place, g.key, g.metric, g.period, g.amount,
        exists (select from claim_figures o where o.key = g.key and o.period && g.period and o.amount << g.amount and o.claim_id <> claim)
            or exists (select from claim_figures o where o.key = g.key and o.period && g.period and o.amount >> g.amount and o.claim_id <> claim)
    from figures_of(given) g
    where not exists (select from claim_figures f where f.claim_id = claim and f.place = g.place);
end $$;

-- The figures of claims that have none yet, in the order in which they stand here: each looks at what is stored, and at those before it. Arrays are joined
-- by hash: there are no nested loops, for plans are made once in a session, mostly for one row.
create or replace function put_new_figures(ids uuid[], given jsonb[]) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_nestloop = off set jit = off as $$
declare
    come claim_figures[];
begin
    come := array(
        select row(i.id, g.place, g.key, g.metric, g.period, g.amount, false)::claim_figures
        from unnest(ids, given) with ordinality i(id, quantities, n) cross join lateral figures_of(i.quantities) g order by i.n, g.place);
    insert into claim_figures (claim_id, place, key, metric, period, amount, conflicting)
    select g.claim_id, g.place, g.key, g.metric, g.period, g.amount, r.n is not null
        or exists (select from claim_figures o where o.key = g.key and o.period && g.period and o.amount << g.amount and o.claim_id <> g.claim_id)
        or exists (select from claim_figures o where o.key = g.key and o.period && g.period and o.amount >> g.amount and o.claim_id <> g.claim_id)
    from unnest(come) with ordinality g(claim_id, place, key, metric, period, amount, conflicting, n)
    left join (
        select distinct later.n
        from unnest(come) with ordinality later(claim_id, place, key, metric, period, amount, conflicting, n)
        join unnest(come) with ordinality earlier(claim_id, place, key, metric, period, amount, conflicting, n)
            on earlier.key = later.key and earlier.n < later.n and earlier.claim_id <> later.claim_id
            and earlier.period && later.period and (earlier.amount << later.amount or earlier.amount >> later.amount)) r on r.n = g.n;
end $$;

-- The turns of all keys that these claims' figures will have, or have, in ascending order.
create or replace function figure_turns(ids uuid[], given jsonb[], fresh boolean) returns setof int language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
begin
    return query
        select distinct hashtext(k.key::text) & 255 as turn
        from (select f.key from unnest(given) g cross join lateral figures_of(g) f
            union all select f.key from claim_figures f where not fresh and f.claim_id = any (ids)) k
        order by turn;
end $$;

-- Writers of figures that speak of the same take turns, each looking at what the one before has left: of two that are written at once, the later sees the
-- earlier. There are 256 turns, so that a bulk load holds no more locks than that; a statement takes all of its own before it looks.
create or replace function follow_figures() returns trigger language plpgsql
set enable_nestloop = off set jit = off as $$
declare
    portion constant int := 200;
    changed uuid[];
    given jsonb[];
    turn int;
begin
    if tg_op = 'INSERT' then
        select array_agg(a.id order by a.n), array_agg(a.quantities order by a.n) into changed, given
        from (select id, quantities, live, row_number() over () as n from after_change) a
        where a.quantities <> '[]' and a.live;
    else
        select array_agg(a.id order by a.n), array_agg(case when a.live then a.quantities else '[]' end order by a.n) into changed, given
        from (select id, quantities, deleted_at, live, row_number() over () as n from after_change) a left join before_change b using (id)
        where (a.quantities <> '[]' or b.quantities <> '[]') and (a.quantities, a.deleted_at) is distinct from (b.quantities, b.deleted_at);
    end if;
    if changed is null then
        return null;
    end if;

    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception using errcode = 'feature_not_supported',
            message = 'quantities change under READ COMMITTED only: an older snapshot does not show what others have written';
    end if;

    for turn in select t from figure_turns(changed, given, tg_op = 'INSERT') t loop
        perform pg_advisory_xact_lock(7363004, turn);
    end loop;
    if tg_op = 'INSERT' then
        for place in 1 .. cardinality(changed) by portion loop
            perform put_new_figures(changed[place : place + portion - 1], given[place : place + portion - 1]);
        end loop;
    else
        -- One after the other: what one gives up, another may take.
        for place in 1 .. cardinality(changed) loop
            perform put_figures_of(changed[place], given[place]);
        end loop;
    end if;
    return null;
end $$;

drop trigger figures_inserted on claims;
drop trigger figures_updated on claims;
create trigger figures_inserted after insert on claims
    referencing new table as after_change for each statement execute function follow_figures();
create trigger figures_updated after update on claims
    referencing old table as before_change new table as after_change for each statement execute function follow_figures();
