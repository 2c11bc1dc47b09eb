-- Adds what assessments are measured on to the 5,000 sources and many claims of ../seed.sql, the same each time:
-- 50 claims with 100 links each, twenty chains of five texts; one with 10,000 links, a hundred chains of a hundred texts; and a source that speaks
-- to 5,000 claims. A text has it from the next one in its chain, by derivation or by attribution in turn, and the last from an origin. Texts belong
-- to outlets and these to groups; of the origins some are of one house, of the same bytes, on one wire or unnamed, and some are parties.
\set ON_ERROR_STOP on
set synchronous_commit = off;
begin;

-- What: 1 outlets, 2 groups, 3 origins, 4 texts of the small claims, 5 texts of the large one, 6 the distant source and its owners.
create function pg_temp.source_id(what int, n bigint) returns uuid language sql immutable
return ('01890000-0000-7000-81' || lpad(to_hex(what), 2, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid;

-- The last is the large one.
create function pg_temp.claim_id(n bigint) returns uuid language sql immutable
return ('01890000-0000-7000-8202-' || lpad(to_hex(n), 12, '0'))::uuid;

create function pg_temp.link_id(n bigint) returns uuid language sql immutable
return ('01890000-0000-7000-8203-' || lpad(to_hex(n), 12, '0'))::uuid;

create function pg_temp.derivation_id(n bigint) returns uuid language sql immutable
return ('01890000-0000-7000-8204-' || lpad(to_hex(n), 12, '0'))::uuid;

create temp table texts on commit drop as
select 4 as what, claim * 100 + chain * 5 + level as n, claim, chain, level, level = 4 as is_last, (claim * 20 + chain) % 15 as beat
from generate_series(0, 49) claim, generate_series(0, 19) chain, generate_series(0, 4) level
union all
select 5, chain * 100 + level, 50, chain, level, level = 99, chain from generate_series(0, 99) chain, generate_series(0, 99) level;

insert into sources (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, kind, name, aliases, parent_id, owner_id, reliability, content_hash)
select id, 1, '2024-01-01Z', 'local', '2024-01-01Z', 'local', '[]', '{}', '{}', kind, name, '{}', parent_id, owner_id, 'F', hash
from (
    select 1 as step, pg_temp.source_id(2, n) as id, 'organization' as kind, 'Media group ' || n as name, null::uuid as parent_id, null::uuid as owner_id,
        null as hash
    from generate_series(0, 59) n
    union all
    select 2, pg_temp.source_id(1, n), 'outlet', 'Newspaper ' || n, null, pg_temp.source_id(2, n % 60), null from generate_series(0, 299) n
    union all
    select 3, pg_temp.source_id(3, n), (array['person', 'organization', 'government', 'dataset', 'person', 'anonymous', 'person', 'organization'])[1 + n % 8],
        'Origin ' || n, null, case when n % 8 = 1 then pg_temp.source_id(2, n / 16) end,
        case when n % 8 = 3 then 'sha256:' || encode(sha256(convert_to((n / 16)::text, 'UTF8')), 'hex') end
    from generate_series(0, 199) n
    union all
    select 4, pg_temp.source_id(what, n), 'document', 'Text ' || n || ' of claim ' || claim, pg_temp.source_id(1, (n * 7919 + n / 100) % 300), null, null from texts
    union all
    select 5, pg_temp.source_id(6, n), (array['outlet', 'organization', 'organization'])[n], 'Distant ' || n, null, null, null from generate_series(1, 3) n) s
order by step, id;

insert into claims (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, text, language, kind, status, appearance_urls, quantities)
select pg_temp.claim_id(n), 1, '2024-01-02Z', 'local', '2024-01-02Z', 'local', '[]', '{}', '{}', 'The report number ' || n || ' was confirmed by officials.',
    'en', 'factual', 'open', '{}', '[]'
from generate_series(0, 50) n;

-- By derivation from an even text to the next; one chain in ten of the large claim has it from its neighbour besides, half way down.
insert into derivations (id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, from_id, to_id, relation, basis)
select pg_temp.derivation_id(row_number() over (order by f, t)), 1, '2024-01-03Z', 'local', '2024-01-03Z', 'local', '[]', '{}', f, t, relation, 'declared'
from (
    select pg_temp.source_id(what, n) as f, pg_temp.source_id(what, n + 1) as t, case when chain % 7 = 0 then 'translates' else 'republishes' end as relation
    from texts where level % 2 = 0 and not is_last
    union all
    select pg_temp.source_id(5, chain * 100 + 50), pg_temp.source_id(5, chain * 100 + 151), 'republishes' from generate_series(0, 98, 10) chain
    union all
    select pg_temp.source_id(3, n), pg_temp.source_id(3, n + 8), 'same-wire' from generate_series(0, 60, 20) n) d;

-- By attribution from an odd text to the next, from the last to its origin, and in one chain back to where it came by: circular reporting.
insert into corroborations (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, claim_id, source_id, stance, directness, attributed_to_ids,
    cited_in_id, interest, quote_exact, credibility)
select pg_temp.link_id(row_number() over (order by what, n)), 1, '2024-01-04Z', 'local', '2024-01-04Z', 'local', '[]', '{}', '{}', pg_temp.claim_id(claim), pg_temp.source_id(what, n),
    case when chain in (7, 61) then 'contradicts' when chain % 3 = 0 then 'supports' else 'reports' end, case when from_whom = '{}' then 'unknown' else 'relayed' end,
    from_whom, case when n % 50 = 7 then pg_temp.source_id(1, n % 300) end, case when chain % 13 = 5 and is_last then 'party' else 'unknown' end,
    'It was, they said.', 6
from texts
cross join lateral (
    select case when is_last then array[pg_temp.source_id(3, beat)] when level % 2 = 1 then array[pg_temp.source_id(what, n + 1)] else '{}' end
        || case when what = 5 and chain = 3 and level = 90 then array[pg_temp.source_id(5, n - 10)] else '{}' end as from_whom) x;

insert into corroborations (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, claim_id, source_id, stance, directness, attributed_to_ids,
    interest, credibility)
select pg_temp.link_id(1000000 + row_number() over (order by id)), 1, '2024-01-05Z', 'local', '2024-01-05Z', 'local', '[]', '{}', '{}', id, pg_temp.source_id(6, 1), 'supports', 'first-hand', '{}', 'unknown', 6
from (select id from claims where id < '01890000-0000-7000-8002-ffffffffffff' order by id limit 5000) c;
commit;

vacuum (analyze);
checkpoint;
