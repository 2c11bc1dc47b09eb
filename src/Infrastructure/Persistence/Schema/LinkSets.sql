-- Attributions follow a statement, not each of its rows.

create or replace function follow_attributions() returns trigger language plpgsql
set enable_nestloop = off set jit = off as $$
declare
    changed uuid[];
begin
    if tg_op = 'INSERT' then
        insert into corroboration_attributions (corroboration_id, source_id)
        select distinct a.id, source from after_change a cross join lateral unnest(a.attributed_to_ids) source
        where a.live and a.attributed_to_ids <> '{}' order by a.id, source;
        return null;
    end if;

    changed := array(
        select a.id from before_change b join after_change a using (id)
        where (a.attributed_to_ids, a.deleted_at) is distinct from (b.attributed_to_ids, b.deleted_at)
            and (a.attributed_to_ids <> '{}' or b.attributed_to_ids <> '{}'));
    if changed <> '{}' then
        delete from corroboration_attributions where corroboration_id = any (changed);
        insert into corroboration_attributions (corroboration_id, source_id)
        select distinct a.id, source from after_change a cross join lateral unnest(a.attributed_to_ids) source
        where a.live and a.id in (select unnest(changed)) order by a.id, source;
    end if;
    return null;
end $$;

drop trigger attributions_inserted on corroborations;
drop trigger attributions_updated on corroborations;
create trigger attributions_inserted after insert on corroborations
    referencing new table as after_change for each statement execute function follow_attributions();
create trigger attributions_updated after update on corroborations
    referencing old table as before_change new table as after_change for each statement execute function follow_attributions();

-- Whoever writes links to most of the claims in the same transaction says so before (stemma.links_follow): then their assessments begin as stale, which
-- they would be in a moment, and their rows are written once. A claim that gets no link after all is derived once in vain.
create or replace function assess_new_claims() returns trigger language plpgsql as $$
begin
    insert into claim_assessments (claim_id, created_at, credibility, derived_credibility, rule, support_min, support_max, contradiction_min, contradiction_max,
        circular, stale)
    select id, created_at, 6, 6, case when kind in ('opinion', 'prediction') then 'not-gradable' else 'no-origin' end, 0, 0, 0, 0, false,
        coalesce(current_setting('stemma.links_follow', true), '') = 'on'
    from after_change where live;
    return null;
end $$;
