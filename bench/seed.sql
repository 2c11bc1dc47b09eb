-- Fills a database that has the schema and no rows with 5,000 sources, 100,000 claims and 400,000 corroborations, the same each time
-- (-v claims=20000 makes fewer claims, and four links for each).
-- Ids are the row's number behind a fixed prefix, so that a load script can name one without asking. Some sources have very many links and
-- most have few; some claims too: 4 on average, a few hundred at most. The triggers and checks of the schema run as for any other writer.
\set ON_ERROR_STOP on
\if :{?claims} \else \set claims 100000 \endif
set synchronous_commit = off;
begin;
set local seed = 0.42;

create function pg_temp.source_id(n bigint) returns uuid language sql immutable
return ('01890000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid;

create function pg_temp.claim_id(n bigint) returns uuid language sql immutable
return ('01890000-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid;

create function pg_temp.link_id(n bigint) returns uuid language sql immutable
return ('01890000-0000-7000-8003-' || lpad(to_hex(n), 12, '0'))::uuid;

-- The key that the API derives from an https address in normal form: half a SHA-256, in the byte order of a .NET Guid.
create function pg_temp.url_keys(url text) returns uuid[] language sql immutable
return (select array[(substr(h, 7, 2) || substr(h, 5, 2) || substr(h, 3, 2) || substr(h, 1, 2) || substr(h, 11, 2) || substr(h, 9, 2)
    || substr(h, 15, 2) || substr(h, 13, 2) || substr(h, 17, 16))::uuid] from encode(sha256(convert_to(substr(url, 9), 'UTF8')), 'hex') h);

-- Sentences of 7 to 19 words, some of them common and most rare.
create temp table sentences on commit drop as
select s as n, array_to_string(array(
    select words.list[1 + floor(cardinality(words.list) * power(random(), 2))::int] from generate_series(1, 7 + s % 13)), ' ') || '.' as text
from (select string_to_array(
    'the of in and to a that was by for on with from said has over more than its were imports exports trade gas oil price year percent billion '
    'minister president official report data government company bank central election vote border army port ship grain steel energy pipeline '
    'sanctions market growth inflation rate debt budget tax law court parliament treaty agreement visit talks summit delegation spokesman agency '
    'factory worker strike wage union refugee camp hospital vaccine school student university river dam flood drought harvest wheat export ban '
    'satellite missile drone exercise navy airport railway bridge highway tender contract fraud audit police prison protest journalist newspaper '
    'broadcaster archive photograph video witness document letter memo statistics census survey poll forecast estimate record increase decline '
    'doubled halved tripled reached exceeded fell rose remained signed denied confirmed rejected announced published withdrew suspended resumed',
    ' ') as list) words,
    generate_series(1, 20000) s;
create index on sentences (n) include (text);
analyze sentences;

insert into sources (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, kind, name, aliases, url, archive_url, description,
    country, language, parent_id, owner_id, reliability, reliability_basis, published_at, accessed_at, content_hash, citation, deleted_at)
select
    pg_temp.source_id(i), 1, made, 'local', made, 'local',
    case when i % 4 = 0 then jsonb_build_array(jsonb_build_object('system', 'wikidata', 'id', 'Q' || 100000 + i)) else '[]' end,
    array['topic-' || i % 40], pg_temp.url_keys(url),
    (array['outlet', 'document', 'document', 'person', 'organization', 'government', 'dataset', 'account'])[1 + i % 8],
    'Source ' || i || ' of ' || (array['Vienna', 'Berlin', 'Paris', 'Kyiv', 'Moscow', 'Beijing', 'Delhi', 'Lagos'])[1 + i % 8],
    case when i % 3 = 0 then array['S' || i, 'Src ' || i] else '{}' end, url, null, s.text,
    (array['AT', 'DE', 'FR', 'UA', 'RU', 'CN', 'IN', 'NG'])[1 + i % 8], (array['en', 'de', 'fr', 'uk'])[1 + i % 4],
    case when i > 200 and i % 8 in (1, 2) then pg_temp.source_id(1 + i % 200) end, null,
    (array['A', 'B', 'C', 'D', 'E', 'F'])[1 + i % 6], null,
    case when i % 8 in (1, 2) then to_char(date '2015-01-01' + (i * 7919 % 3600)::int, 'YYYY-MM-DD') end, null, null, null, null
from generate_series(1::bigint, 5000) i
cross join lateral (select timestamptz '2022-01-01 00:00Z' + i * interval '5 minutes' as made, 'https://source' || i || '.example/about' as url) x
join sentences s on s.n = 1 + i % 20000;

insert into claims (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, text, context, language, kind, status, claimant_id,
    claimed_at, event_from, event_to, place, first_appearance_url, appearance_urls, quantities, plausible, deleted_at)
select
    pg_temp.claim_id(i), 1, made, 'local', made + i * 7919 % 100000 * interval '1 minute', 'local',
    case when i % 10 = 0 then jsonb_build_array(jsonb_build_object('system', 'archive', 'id', i::text)) else '[]' end,
    array['topic-' || floor(2000 * power(random(), 2)), 'desk-' || i % 12], coalesce(pg_temp.url_keys(url), '{}'),
    a.text || ' ' || b.text, case when i % 3 = 0 then c.text end, (array['en', 'en', 'en', 'de', 'fr', 'uk'])[1 + i % 6],
    (array['factual', 'factual', 'factual', 'quantitative', 'quantitative', 'prediction', 'denial', 'opinion'])[1 + i % 8],
    (array['open', 'open', 'open', 'open', 'assessed', 'assessed', 'draft', 'retracted', 'superseded'])[1 + i / 8 % 9],
    case when i % 5 > 0 then pg_temp.source_id(1 + floor(5000 * power(random(), 3))::bigint) end,
    case i % 7 when 0 then null when 1 then day when 2 then left(day, 7) when 3 then left(day, 4) else day || 'T09:30:00Z' end,
    case when i % 3 > 0 then left(day, 7) end, case when i % 3 > 0 then day end,
    case when i % 2 = 0 then 'Place ' || floor(3000 * power(random(), 2)) end, url, '{}',
    case when i % 8 in (3, 4) then jsonb_build_array(jsonb_build_object(
        'subject', 'trade of country ' || i % 200, 'metric', 'metric ' || floor(500 * power(random(), 2)), 'comparator', 'gt',
        'value', i * 1000, 'unit', 'USD', 'periodFrom', left(day, 4), 'periodTo', left(day, 4))) else '[]' end,
    (array[true, false, null, null])[1 + i % 4], null
from generate_series(1::bigint, :claims) i
cross join lateral (
    select timestamptz '2023-01-01 00:00Z' + i * interval '10 minutes' as made, to_char(date '2010-01-01' + (i * 7919 % 5400)::int, 'YYYY-MM-DD') as day,
        case when i % 4 > 0 then 'https://news' || i % 900 || '.example/story/' || i end as url) x
join sentences a on a.n = 1 + i * 7 % 20000
join sentences b on b.n = 1 + i * 31 % 19997
join sentences c on c.n = 1 + i * 101 % 19993;

insert into corroborations (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, claim_id, source_id, stance, directness,
    attributed_to_ids, cited_in_id, attribution, interest, quote_exact, quote_prefix, quote_suffix, locator, url, archive_url, published_at,
    accessed_at, credibility, note, deleted_at)
select
    pg_temp.link_id(i), 1, made, 'local', made, 'local', '[]', array['desk-' || i % 12], coalesce(pg_temp.url_keys(url), '{}'),
    pg_temp.claim_id(1 + c * 7919 % :claims), pg_temp.source_id(s), stance,
    case when i % 5 = 1 and not attributed then 'first-hand' when attributed then 'relayed' else 'unknown' end,
    case when attributed then array[pg_temp.source_id(1 + (s + 1 + i % 4000) % 5000)] else '{}' end,
    case when i % 10 = 3 then pg_temp.source_id(1 + (s + 6) % 5000) end,
    case when attributed then 'according to officials' end,
    case when stance = 'denies' and not attributed then 'party' else 'unknown' end,
    case when i % 2 = 0 then q.text || ' ' || i end, null, null, 'paragraph ' || i % 30, url, null, day, null, 1 + (i % 6)::int,
    case when i % 6 = 0 then q.text end, null
from (
    select i, floor(:claims * power(random(), 2))::bigint as c, 1 + floor(5000 * power(random(), 3))::bigint as s,
        (array['supports', 'supports', 'supports', 'reports', 'reports', 'reports', 'reports', 'contradicts', 'mentions', 'denies'])[1 + i % 10] as stance,
        i % 3 = 0 as attributed, timestamptz '2023-01-01 00:05Z' + i * interval '150 seconds' as made,
        to_char(date '2012-01-01' + (i * 7919 % 4600)::int, 'YYYY-MM-DD') as day,
        case when i % 4 > 0 then 'https://site' || i % 3000 || '.example/item/' || i end as url
    from generate_series(1::bigint, 4 * :claims) i) x
join sentences q on q.n = 1 + i * 13 % 20000
on conflict do nothing;
commit;

vacuum (analyze, freeze);
checkpoint;
