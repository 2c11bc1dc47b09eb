-- Claims in conflict by their figures, and the order of what happened around a claim.

-- btree_gist: one index over a key, a period and a range of values.
create extension if not exists btree_gist;

-- ---------------------------------------------------------------- figures
-- One row for each quantity of each living claim, in the form in which two are compared. Two conflict where they are of two claims and one key (they
-- speak of the same), where their periods share an instant, and where no value fits both. Pairs are not kept: a figure may conflict with a hundred
-- thousand others. What is kept is a hint, "conflicting", on the figure that was written later; of each pair one of the two has it.

create table claim_figures (
    claim_id uuid not null references claims (id) on delete cascade,
    place smallint not null,
    key uuid not null,
    metric text collate "C" not null,
    period tstzrange not null,
    amount numrange not null,
    conflicting boolean not null,
    primary key (claim_id, place)
);
comment on table claim_figures is 'Quantities of the living claims, as they are compared with one another';
comment on column claim_figures.place is 'the place among the claim''s quantities, from 0';
comment on column claim_figures.key is 'digest of metric, unit, subject and baseline, without case and outer white space: equal where two figures speak of the same';
comment on column claim_figures.period is 'a bound that is not given is open';
comment on column claim_figures.amount is 'the values that it allows';
comment on column claim_figures.conflicting is 'there was a conflict when it was written, or is one now: it may have gone since';

create index ix_claim_figures_comparison on claim_figures using gist (key, period, amount);
create index ix_claim_figures_marked on claim_figures using gist (key, period, amount) where conflicting;
create index ix_claim_figures_conflicting on claim_figures (claim_id, place) where conflicting;
create index ix_claim_figures_metric on claim_figures (metric, claim_id, place) where conflicting;

-- Relations that declare a contradiction, in the order in which they are listed.
create index ix_claim_relations_contradictions on claim_relations (id) where live and kind = 'contradicts';
create index ix_claim_relations_contradictions_scope on claim_relations (scope_difference, id) where live and kind = 'contradicts';

create function figure_text(written text) returns text
language sql immutable parallel safe
return nullif(lower(btrim(written, E' \t\r\n')), '');

-- About 90 is 85.5 to 94.5.
create function figure_amount(comparator text, value numeric, lower numeric, upper numeric) returns numrange
language sql immutable parallel safe
return case comparator
    when 'eq' then numrange(value, value, '[]')
    when 'gt' then numrange(value, null, '()')
    when 'gte' then numrange(value, null, '[)')
    when 'lt' then numrange(null, value, '()')
    when 'lte' then numrange(null, value, '(]')
    when 'approx' then numrange(value - abs(value) * 0.05, value + abs(value) * 0.05, '[]')
    when 'between' then numrange(lower, upper, '[]')
end;

create function figures_of(quantities jsonb) returns table (place smallint, key uuid, metric text, period tstzrange, amount numrange)
language sql immutable parallel safe as $$
    select (q.place - 1)::smallint,
        md5(jsonb_build_array(figure_text(value ->> 'metric'), figure_text(value ->> 'unit'), figure_text(value ->> 'subject'),
            figure_text(value ->> 'baseline'))::text)::uuid,
        coalesce(figure_text(value ->> 'metric'), ''),
        tstzrange(partial_date_first(value ->> 'periodFrom'), partial_date_last(value ->> 'periodTo'), '[]'),
        figure_amount(value ->> 'comparator', (value ->> 'value')::numeric, (value ->> 'lower')::numeric, (value ->> 'upper')::numeric)
    from jsonb_array_elements(quantities) with ordinality q(value, place)
$$;

-- Puts a claim's figures to what its quantities say. Writers of figures that speak of the same take turns, each looking at what the one before has
-- left: of two that are written at once, the later sees the earlier. There are 256 turns, so that a bulk load holds no more locks than that. A figure that
-- stays as it was keeps its row, and its place in lists.
create function follow_figures() returns trigger language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare
    most constant int := 1000;
    given jsonb := case when new.live then new.quantities else '[]' end;
    kept uuid := case when tg_op = 'UPDATE' then old.id end;
    turn int;
    gone claim_figures;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception using errcode = 'feature_not_supported',
            message = 'quantities change under READ COMMITTED only: an older snapshot does not show what others have written';
    end if;

    for turn in
        select distinct hashtext(k.key::text) & 255 as turn
        from (select f.key from figures_of(given) f union select f.key from claim_figures f where f.claim_id = kept) k
        order by turn
    loop
        perform pg_advisory_xact_lock(7363004, turn);
    end loop;

    if kept is not null then
        for gone in
            delete from claim_figures f
            where f.claim_id = kept and not exists (
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
    end if;

    insert into claim_figures (claim_id, place, key, metric, period, amount, conflicting)
    select new.id, g.place, g.key, g.metric, g.period, g.amount,
        exists (select from claim_figures o where o.key = g.key and o.period && g.period and o.amount << g.amount and o.claim_id <> new.id)
            or exists (select from claim_figures o where o.key = g.key and o.period && g.period and o.amount >> g.amount and o.claim_id <> new.id)
    from figures_of(given) g
    where not exists (select from claim_figures f where f.claim_id = new.id and f.place = g.place);
    return null;
end $$;

-- A claim without quantities costs nothing.
create trigger figures_inserted after insert on claims
    for each row when (new.quantities <> '[]' and new.live) execute function follow_figures();
create trigger figures_updated after update of quantities, deleted_at on claims
    for each row when ((old.quantities <> '[]' or new.quantities <> '[]')
        and (old.quantities is distinct from new.quantities or old.deleted_at is distinct from new.deleted_at))
    execute function follow_figures();

-- What there was before.
insert into claim_figures (claim_id, place, key, metric, period, amount, conflicting)
select c.id, f.place, f.key, f.metric, f.period, f.amount, false
from claims c cross join lateral figures_of(c.quantities) f where c.live and c.quantities <> '[]';
analyze claim_figures;
update claim_figures f set conflicting = true
where exists (select from claim_figures o where o.key = f.key and o.period && f.period and o.amount << f.amount and o.claim_id <> f.claim_id)
    or exists (select from claim_figures o where o.key = f.key and o.period && f.period and o.amount >> f.amount and o.claim_id <> f.claim_id);

-- ---------------------------------------------------------------- timelines
-- Links in the order in which they were published. Those that have no date of their own may have one by their source.

create index ix_corroborations_timeline on corroborations (claim_id, published_first, (partial_date_last(published_at)), id)
    where live and published_first is not null;
create index ix_corroborations_undated on corroborations (claim_id, id) include (source_id) where live and published_first is null;
