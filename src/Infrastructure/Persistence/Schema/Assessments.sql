-- How well each living claim is corroborated, kept beside it, and what has to happen when something changes that it rests on.
-- The API derives the values; here is what tells it which. A row that may be wrong says so (stale) in the transaction that made it so, and stays so
-- until somebody has derived it anew: the stale rows are the queue.

-- ---------------------------------------------------------------- tables

create table assessment_overrides (
    claim_id uuid primary key references claims (id) on delete cascade,
    credibility smallint not null constraint ck_assessment_overrides_credibility check (credibility between 1 and 6),
    reason text not null constraint ck_assessment_overrides_reason check (char_length(reason) between 1 and 10000 and reason ~ '[^[:space:]]'),
    set_by text not null,
    set_at timestamptz not null
);
comment on table assessment_overrides is 'What analysts grade by their own judgement; the derived value stays beside it';

create table claim_assessments (
    claim_id uuid primary key references claims (id) on delete cascade,
    created_at timestamptz not null,
    credibility smallint not null check (credibility between 1 and 6),
    derived_credibility smallint not null check (derived_credibility between 1 and 6),
    rule text not null check (rule in ('not-gradable', 'no-origin', 'refuted', 'contested', 'implausible', 'confirmed', 'disputed', 'outweighed', 'consistent', 'single')),
    support_min int not null check (support_min >= 0),
    support_max int not null check (support_max >= support_min),
    contradiction_min int not null check (contradiction_min >= 0),
    contradiction_max int not null check (contradiction_max >= contradiction_min),
    circular boolean not null,
    contested boolean not null generated always as (rule = 'contested') stored,
    stale boolean not null,
    too_large boolean not null default false
) with (fillfactor = 80);
comment on column claim_assessments.created_at is 'the claim''s, so that an index gives the order of lists';
comment on column claim_assessments.stale is 'something has changed that the values rest on, and they are not derived anew yet';
comment on column claim_assessments.too_large is 'its lineage is larger than what is assessed: it stays stale';

-- For each filter the default order, for each sort its own.
create index ix_claim_assessments_credibility on claim_assessments (credibility, created_at, claim_id);
create index ix_claim_assessments_by_credibility on claim_assessments (credibility, claim_id);
create index ix_claim_assessments_support on claim_assessments (support_min, created_at, claim_id);
create index ix_claim_assessments_by_support on claim_assessments (support_min, claim_id);
create index ix_claim_assessments_by_circular on claim_assessments (circular, claim_id);
create index ix_claim_assessments_by_contested on claim_assessments (contested, claim_id);
create index ix_claim_assessments_circular on claim_assessments (created_at, claim_id) where circular;
create index ix_claim_assessments_contested on claim_assessments (created_at, claim_id) where contested;
create index ix_claim_assessments_stale on claim_assessments (claim_id) where stale and not too_large;

-- Each relation between claims from either end.
create view claim_ties as
select from_id as a, to_id as b, kind, scope_difference from claim_relations where live
union all
select to_id, from_id, kind, scope_difference from claim_relations where live;

create view wire_ties as
select from_id as a, to_id as b from derivations where live and relation = 'same-wire'
union all
select to_id, from_id from derivations where live and relation = 'same-wire';

create index ix_derivations_wire_from on derivations (from_id) where live and relation = 'same-wire';
create index ix_derivations_wire_to on derivations (to_id) where live and relation = 'same-wire';

-- Whoever walks along them goes by an index from what is at hand ("offset 0"), not through whole tables.

-- Owners stand before parents.
create index ix_sources_above on sources (coalesce(owner_id, parent_id)) where coalesce(owner_id, parent_id) is not null;

-- ---------------------------------------------------------------- who waits for whom
-- Whoever writes links takes a shared lock, whoever changes what links lead to an exclusive one, each before it looks for claims that it touches: of a
-- derivation and a link that are written at once, the later sees the earlier. Links of one claim, and of its pool, meet in the rows of its assessment.

create function lock_lineage(exclusively boolean) returns void language plpgsql as $$
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception using errcode = 'feature_not_supported',
            message = 'links and lineage change under READ COMMITTED only: an older snapshot does not show what others have written';
    end if;
    if exclusively then
        perform pg_advisory_xact_lock(7363, 3);
    else
        perform pg_advisory_xact_lock_shared(7363, 3);
    end if;
end $$;

-- ---------------------------------------------------------------- which claims are touched

-- Of claims whose own evidence changed, all whose assessments may: those that are equivalent to them, or to those that they contradict; and of all
-- these whoever is borne out by them. Tells the transaction which, as far as it can derive them itself at once.
create function touch_claims(ids uuid[]) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare
    most constant int := 50;
    touched uuid[];
    noted text;
begin
    if ids = '{}' then
        return;
    end if;

    with recursive pool(id) as (
        select id from (
            select unnest(ids) as id
            union
            select t.b from unnest(ids) i(id) cross join lateral (
                select b from claim_ties where a = i.id and kind = 'contradicts' and scope_difference = 'none' offset 0) t) beginning
        union
        select t.b from pool cross join lateral (
            select b from claim_ties where a = pool.id and kind = 'equivalent' and scope_difference = 'none' offset 0) t
    )
    select array_agg(id order by id) into touched
    from (select id from pool union select t.b from pool cross join lateral (
        select b from claim_ties where a = pool.id and kind in ('entails', 'refines') offset 0) t) affected;

    -- In the order of ids, so that writers wait for each other and never in a circle.
    perform from claim_assessments where claim_id = any (touched) order by claim_id for update;
    update claim_assessments set stale = true, too_large = false where claim_id = any (touched) and (not stale or too_large);

    noted := coalesce(current_setting('stemma.touched', true), '');
    if noted <> 'many' then
        perform set_config('stemma.touched', case
            when cardinality(touched) + (length(noted) / 37) > most then 'many'
            else noted || array_to_string(touched, ',') || ',' end, true);
    end if;
end $$;

-- Of sources of whom something changed that lineage or ties rest on: all claims of which they, or sources that repeat them, are evidence.
create function touch_claims_of_sources(ids uuid[]) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
begin
    perform touch_claims(array(
        with recursive later(id) as (
            select unnest(ids)
            union
            select d.from_id from later cross join lateral (
                select from_id from derivations where to_id = later.id and live and relation in ('republishes', 'translates') offset 0) d
        )
        select k.claim_id from later join corroborations k on k.source_id = later.id and k.live and k.stance <> 'mentions'
        union
        select k.claim_id
        from later join corroboration_attributions a on a.source_id = later.id and a.live
        join corroborations k on k.id = a.corroboration_id and k.live and k.stance <> 'mentions'
        union
        select k.claim_id from corroborations k where k.cited_in_id = any (ids) and k.live and k.stance <> 'mentions'));
end $$;

-- All on one wire with any of these.
create function wired_with(ids uuid[]) returns uuid[] language plpgsql stable as $$
begin
    return array(
        with recursive wired(id) as (
            select unnest(ids) union select t.b from wired cross join lateral (select b from wire_ties where a = wired.id offset 0) t)
        select id from wired);
end $$;

-- All that belong to any of these, themselves included.
create function belonging_to(ids uuid[]) returns uuid[] language plpgsql stable as $$
begin
    return array(
        with recursive below(id) as (
            select unnest(ids) union select s.id from below join sources s on coalesce(s.owner_id, s.parent_id) = below.id)
        select id from below);
end $$;

-- ---------------------------------------------------------------- followers

create function assess_new_claims() returns trigger language plpgsql as $$
begin
    insert into claim_assessments (claim_id, created_at, credibility, derived_credibility, rule, support_min, support_max, contradiction_min, contradiction_max,
        circular, stale)
    select id, created_at, 6, 6, case when kind in ('opinion', 'prediction') then 'not-gradable' else 'no-origin' end, 0, 0, 0, 0, false, false
    from after_change where live;
    return null;
end $$;

create function assess_changed_claims() returns trigger language plpgsql as $$
declare
    changed uuid[];
begin
    -- Nothing that is deleted has links or relations: what is restored begins anew.
    delete from claim_assessments where claim_id in (select a.id from before_change b join after_change a using (id) where b.live and a.live is null);
    insert into claim_assessments (claim_id, created_at, credibility, derived_credibility, rule, support_min, support_max, contradiction_min, contradiction_max,
        circular, stale)
    select a.id, a.created_at, coalesce(o.credibility, 6), 6, case when a.kind in ('opinion', 'prediction') then 'not-gradable' else 'no-origin' end, 0, 0, 0, 0,
        false, false
    from before_change b join after_change a using (id) left join assessment_overrides o on o.claim_id = a.id
    where a.live and b.live is null;

    changed := array(
        select a.id from before_change b join after_change a using (id)
        where a.live and b.live and (a.kind, a.claimant_id, a.plausible) is distinct from (b.kind, b.claimant_id, b.plausible));
    if changed <> '{}' then
        perform lock_lineage(exclusively => false);
        perform touch_claims(changed);
    end if;
    return null;
end $$;

create trigger assessment_inserted after insert on claims
    referencing new table as after_change for each statement execute function assess_new_claims();
create trigger assessment_updated after update on claims
    referencing old table as before_change new table as after_change for each statement execute function assess_changed_claims();

create function lock_before_links() returns trigger language plpgsql as $$
begin
    perform lock_lineage(exclusively => false);
    return null;
end $$;

create function lock_before_lineage() returns trigger language plpgsql as $$
begin
    perform lock_lineage(exclusively => true);
    return null;
end $$;

create function assess_linked_claims() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        perform touch_claims(array(select distinct claim_id from after_change where live and stance <> 'mentions'));
    elsif tg_op = 'DELETE' then
        perform touch_claims(array(select distinct claim_id from before_change where live and stance <> 'mentions'));
    else
        perform touch_claims(array(
            select unnest(array[a.claim_id, b.claim_id]) from before_change b join after_change a using (id)
            where (a.live or b.live) and (a.stance <> 'mentions' or b.stance <> 'mentions')
                and (a.claim_id, a.source_id, a.stance, a.directness, a.interest, a.attributed_to_ids, a.cited_in_id, a.live)
                    is distinct from (b.claim_id, b.source_id, b.stance, b.directness, b.interest, b.attributed_to_ids, b.cited_in_id, b.live)));
    end if;
    return null;
end $$;

create trigger aa_lock before insert or update or delete on corroborations for each statement execute function lock_before_links();
create trigger assessment_inserted after insert on corroborations
    referencing new table as after_change for each statement execute function assess_linked_claims();
create trigger assessment_updated after update on corroborations
    referencing old table as before_change new table as after_change for each statement execute function assess_linked_claims();
create trigger assessment_deleted after delete on corroborations
    referencing old table as before_change for each statement execute function assess_linked_claims();

create function assess_related_claims() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        perform touch_claims(array(select unnest(array[from_id, to_id]) from after_change where live));
    elsif tg_op = 'DELETE' then
        perform touch_claims(array(select unnest(array[from_id, to_id]) from before_change where live));
    else
        perform touch_claims(array(
            select unnest(array[a.from_id, a.to_id, b.from_id, b.to_id]) from before_change b join after_change a using (id)
            where (a.live or b.live)
                and (a.from_id, a.to_id, a.kind, a.scope_difference, a.live) is distinct from (b.from_id, b.to_id, b.kind, b.scope_difference, b.live)));
    end if;
    return null;
end $$;

create trigger aa_lock before insert or update or delete on claim_relations for each statement execute function lock_before_lineage();
create trigger assessment_inserted after insert on claim_relations
    referencing new table as after_change for each statement execute function assess_related_claims();
create trigger assessment_updated after update on claim_relations
    referencing old table as before_change new table as after_change for each statement execute function assess_related_claims();
create trigger assessment_deleted after delete on claim_relations
    referencing old table as before_change for each statement execute function assess_related_claims();

create function assess_claims_of_derivations() returns trigger language plpgsql as $$
declare
    later uuid[];
    wired uuid[];
begin
    if tg_op = 'INSERT' then
        later := array(select from_id from after_change where live and relation <> 'same-wire');
        wired := array(select unnest(array[from_id, to_id]) from after_change where live and relation = 'same-wire');
    elsif tg_op = 'DELETE' then
        later := array(select from_id from before_change where live and relation <> 'same-wire');
        wired := array(select unnest(array[from_id, to_id]) from before_change where live and relation = 'same-wire');
    else
        with changed as (
            select a.live and a.relation = 'same-wire' or b.live and b.relation = 'same-wire' as is_wire, a.from_id as a_from, a.to_id as a_to, b.from_id as b_from, b.to_id as b_to
            from before_change b join after_change a using (id)
            where (a.live or b.live) and (a.from_id, a.to_id, a.relation, a.live) is distinct from (b.from_id, b.to_id, b.relation, b.live))
        select array(select unnest(array[a_from, b_from]) from changed),
            array(select unnest(array[a_from, a_to, b_from, b_to]) from changed where is_wire) into later, wired;
    end if;

    if wired <> '{}' then
        later := later || wired_with(wired);
    end if;
    if later <> '{}' then
        perform touch_claims_of_sources(later);
    end if;
    return null;
end $$;

create trigger aa_lock before insert or update or delete on derivations for each statement execute function lock_before_lineage();
create trigger assessment_inserted after insert on derivations
    referencing new table as after_change for each statement execute function assess_claims_of_derivations();
create trigger assessment_updated after update on derivations
    referencing old table as before_change new table as after_change for each statement execute function assess_claims_of_derivations();
create trigger assessment_deleted after delete on derivations
    referencing old table as before_change for each statement execute function assess_claims_of_derivations();

create function assess_claims_of_sources() returns trigger language plpgsql as $$
declare
    moved uuid[];
    changed uuid[];
begin
    moved := array(
        select a.id from before_change b join after_change a using (id)
        where (a.owner_id, a.parent_id) is distinct from (b.owner_id, b.parent_id));
    changed := array(
        select a.id from before_change b join after_change a using (id)
        where (a.kind, a.content_hash) is distinct from (b.kind, b.content_hash));
    if moved <> '{}' or changed <> '{}' then
        perform lock_lineage(exclusively => true);
        perform touch_claims_of_sources(changed || case when moved <> '{}' then belonging_to(moved) else '{}' end);
    end if;
    return null;
end $$;

create trigger assessment_updated after update on sources
    referencing old table as before_change new table as after_change for each statement execute function assess_claims_of_sources();

create function follow_overrides() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        update claim_assessments set credibility = derived_credibility where claim_id = old.claim_id;
    else
        update claim_assessments set credibility = new.credibility where claim_id = new.claim_id;
    end if;
    return null;
end $$;

create trigger override_followed after insert or update or delete on assessment_overrides for each row execute function follow_overrides();

-- What there was before.
insert into claim_assessments (claim_id, created_at, credibility, derived_credibility, rule, support_min, support_max, contradiction_min, contradiction_max, circular, stale)
select id, created_at, 6, 6, case when kind in ('opinion', 'prediction') then 'not-gradable' else 'no-origin' end, 0, 0, 0, 0, false,
    exists (select from corroborations k where k.claim_id = c.id and k.live) or exists (select from claim_relations r where r.live and c.id in (r.from_id, r.to_id))
from claims c where live;
