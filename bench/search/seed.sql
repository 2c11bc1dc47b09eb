-- Adds one chunk of claims with their links to a database that has the schema: psql -v chunk=N, N from 0. A million claims are twenty chunks.
-- Words follow a Zipf–Mandelbrot law over 200,000 pseudo-words: the most frequent is in about one claim of eight, half of them in a handful. Half of
-- the links have a quote. The same each time, chunk by chunk; the triggers and checks of the schema run as for any other writer.
\set ON_ERROR_STOP on
set synchronous_commit = off;
select setseed(0.1 + :chunk / 1000.0);
begin;

create function pg_temp.source_id(n bigint) returns uuid language sql immutable
return ('01890000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid;

create function pg_temp.claim_id(n bigint) returns uuid language sql immutable
return ('01890000-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid;

create function pg_temp.link_id(n bigint) returns uuid language sql immutable
return ('01890000-0000-7000-8003-' || lpad(to_hex(n), 12, '0'))::uuid;

-- Three or four syllables that spell the rank.
create function pg_temp.word(rank int) returns text language sql immutable
return (array['ba','ko','ri','mo','ta','ne','lu','si','da','vo','pe','gu','ra','no','ki','te','ma','lo','fi','su','zo','ha','ve','do','pi','ru','ga','mi','to','le','nu','sa'])[1 + rank % 32]
    || (array['ran','lek','mon','tis','dor','vak','pel','gun','sor','nim','kat','lum','fen','rog','bas','tir','den','mar','pol','vis','kor','lan','tem','rud','sil','gor','nak','pim','tov','ler','dan','mus'])[1 + rank / 32 % 32]
    || (array['a','o','ek','is','um','ar','in','ot'])[1 + rank / 1024 % 8]
    || case when rank >= 8192 then (array['ba','ko','ri','mo','ta','ne','lu','si','da','vo','pe','gu','ra','no','ki','te','ma','lo','fi','su','zo','ha','ve','do','pi'])[1 + rank / 8192] else '' end;

create temp table words on commit drop as select r as rank, pg_temp.word(r - 1) as word from generate_series(1, 200000) r;
create unique index on words (rank) include (word);
analyze words;

-- Sentences of this chunk, 10 to 20 words each.
create temp table sentences on commit drop as
select s as n, string_agg(w.word, ' ' order by k) || '.' as text
from (select s, k, 1 + least(199999, floor(10 * power(20001, random()) - 10)::int) as rank
      from generate_series(1, 150000) s, generate_series(1, 20) k where k <= 10 + s % 11) drawn
join words w using (rank)
group by s;
create unique index on sentences (n) include (text);
analyze sentences;

insert into sources (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, kind, name, aliases, country, language, reliability)
select pg_temp.source_id(i), 1, now(), 'local', now(), 'local', '[]', array['topic-' || i % 40], '{}',
    (array['outlet', 'document', 'document', 'person', 'organization', 'government', 'dataset', 'account'])[1 + i % 8],
    initcap(pg_temp.word((i * 7919 % 200000)::int)) || ' ' || initcap(pg_temp.word((i % 5000)::int)) || ' ' || i, '{}',
    (array['AT', 'DE', 'FR', 'UA'])[1 + i % 4], 'en', 'C'
from generate_series(1::bigint, 50000) i where :chunk = 0;

insert into claims (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, text, context, language, kind, status, claimant_id,
    claimed_at, appearance_urls, quantities)
select pg_temp.claim_id(i), 1, made, 'local', made, 'local', '[]', array['topic-' || floor(500 * power(random(), 2)), 'desk-' || i % 12], '{}',
    a.text, case when i % 3 = 0 then c.text end, case when i % 10 = 0 then 'de' else 'en' end,
    (array['factual', 'factual', 'factual', 'quantitative', 'prediction', 'denial', 'opinion', 'factual'])[1 + i % 8],
    (array['open', 'open', 'open', 'assessed', 'draft', 'retracted'])[1 + i / 8 % 6],
    case when i % 5 > 0 then pg_temp.source_id(1 + floor(50000 * power(random(), 4))::bigint) end,
    to_char(date '2010-01-01' + (i * 7919 % 5400)::int, 'YYYY-MM-DD'), '{}', '[]'
from (select i, timestamptz '2020-01-01 00:00Z' + i * interval '1 minute' as made from generate_series(1 + 50000 * :chunk::bigint, 50000 * (1 + :chunk::bigint)) i) x
join sentences a on a.n = 1 + i % 50000
left join sentences c on i % 3 = 0 and c.n = 50001 + i % 20000;

insert into corroborations (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, claim_id, source_id, stance, directness,
    attributed_to_ids, interest, quote_exact, published_at, credibility)
select pg_temp.link_id(i), 1, made, 'local', made, 'local', '[]', '{}', '{}',
    pg_temp.claim_id(1 + 50000 * :chunk::bigint + floor(50000 * power(random(), 1.5))::bigint),
    pg_temp.source_id(1 + floor(50000 * power(random(), 3))::bigint),
    (array['supports', 'supports', 'supports', 'reports', 'reports', 'reports', 'reports', 'contradicts', 'mentions', 'mentions'])[1 + i % 10],
    'unknown', '{}', 'unknown', case when i % 2 = 0 then q.text end, to_char(date '2012-01-01' + (i * 7919 % 4600)::int, 'YYYY-MM-DD'), 6
from (select i, timestamptz '2020-01-01 00:00Z' + i * interval '15 seconds' as made
      from generate_series(1 + 200000 * :chunk::bigint, 200000 * (1 + :chunk::bigint)) i) x
left join sentences q on i % 2 = 0 and q.n = 70001 + i / 2 % 80000
on conflict do nothing;
commit;
