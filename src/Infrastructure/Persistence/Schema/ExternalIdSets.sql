-- External ids follow a statement, not each of its rows: all that go, then all that come, so that two rows may exchange theirs.

create or replace function follow_external_ids() returns trigger language plpgsql
set enable_nestloop = off set jit = off as $$
declare
    gone uuid[];
    come uuid[];
begin
    if tg_op = 'DELETE' then
        gone := array(select id from before_change where external_ids <> '[]');
    elsif tg_op = 'UPDATE' then
        gone := array(
            select b.id from before_change b left join after_change a using (id)
            where b.external_ids <> '[]' and (a.external_ids, a.deleted_at) is distinct from (b.external_ids, b.deleted_at));
        come := array(
            select a.id from after_change a left join before_change b using (id)
            where a.live and a.external_ids <> '[]' and (a.external_ids, a.deleted_at) is distinct from (b.external_ids, b.deleted_at));
    end if;

    if gone <> '{}' then
        delete from external_ids where resource_id = any (gone) and resource_type = tg_argv[0];
    end if;
    if tg_op = 'INSERT' then
        insert into external_ids (resource_type, digest, resource_id)
        select tg_argv[0], sha256(convert_to((x ->> 'system') || ':' || (x ->> 'id'), 'UTF8')) as digest, a.id
        from after_change a cross join lateral jsonb_array_elements(a.external_ids) x
        where a.live and a.external_ids <> '[]' order by digest;
    elsif come <> '{}' then
        insert into external_ids (resource_type, digest, resource_id)
        select tg_argv[0], sha256(convert_to((x ->> 'system') || ':' || (x ->> 'id'), 'UTF8')) as digest, a.id
        from after_change a cross join lateral jsonb_array_elements(a.external_ids) x
        where a.id in (select unnest(come)) order by digest;
    end if;
    return null;
end $$;

do $$
declare
    followed record;
begin
    for followed in
        select * from (values ('sources', 'source'), ('claims', 'claim'), ('corroborations', 'corroboration'), ('derivations', 'derivation'),
            ('claim_relations', 'claim-relation'), ('reviews', 'review')) f(name, type)
    loop
        execute format($sql$
            drop trigger %1$s_external_ids_inserted on %1$s;
            drop trigger %1$s_external_ids_updated on %1$s;
            drop trigger %1$s_external_ids_deleted on %1$s;
            create trigger %1$s_external_ids_inserted after insert on %1$s
                referencing new table as after_change for each statement execute function follow_external_ids(%2$L);
            create trigger %1$s_external_ids_updated after update on %1$s
                referencing old table as before_change new table as after_change for each statement execute function follow_external_ids(%2$L);
            create trigger %1$s_external_ids_deleted after delete on %1$s
                referencing old table as before_change for each statement execute function follow_external_ids(%2$L);
            $sql$, followed.name, followed.type);
    end loop;
end $$;
