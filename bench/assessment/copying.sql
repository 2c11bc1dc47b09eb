-- Loads shops' lists of the authors of books, as raw(place, shop, isbn, title, authors) has them, into a database that has the schema and no rows:
-- each shop is a source, each of a book's lists a claim, each statement a link. Lists are the same where they differ in case and blanks only;
-- a statement without a list says nothing, and who states a list twice states it once.
\set ON_ERROR_STOP on
begin;
create temp table raw (place bigint generated always as identity, shop text, isbn text, title text, authors text) on commit drop;
\copy raw (shop, isbn, title, authors) from pstdin
create temp table statements on commit drop as
select distinct on (shop, isbn, list) shop, isbn, list, title, authors, place
from (select *, lower(btrim(regexp_replace(authors, '\s+', ' ', 'g'))) as list from raw) r
where list <> ''
order by shop, isbn, list, place;

create temp table shops on commit drop as
select shop, ('01890000-0000-7000-8301-' || lpad(to_hex(row_number() over (order by shop)), 12, '0'))::uuid as id from (select distinct shop from statements) s;
create temp table lists on commit drop as
select isbn, list, title, authors, ('01890000-0000-7000-8302-' || lpad(to_hex(row_number() over (order by isbn, list)), 12, '0'))::uuid as id
from (select distinct on (isbn, list) isbn, list, title, authors from statements order by isbn, list, place) s;

insert into sources (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, kind, name, aliases, reliability)
select id, 1, now(), 'local', now(), 'local', '[]', '{}', '{}', 'outlet', left(shop, 500), '{}', 'F' from shops;

insert into claims (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, text, context, language, kind, status, appearance_urls, quantities)
select id, 1, now(), 'local', now(), 'local', jsonb_build_array(jsonb_build_object('system', 'isbn-list', 'id', isbn || ' ' || md5(list))), '{}', '{}',
    'The authors of the book ' || isbn || ' are: ' || authors, title, 'en', 'factual', 'open', '{}', '[]'
from lists;

insert into corroborations (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, claim_id, source_id, stance, directness, attributed_to_ids,
    interest, credibility)
select ('01890000-0000-7000-8303-' || lpad(to_hex(row_number() over (order by s.place)), 12, '0'))::uuid, 1, now(), 'local', now(), 'local', '[]', '{}', '{}',
    l.id, h.id, 'supports', 'first-hand', '{}', 'unknown', 6
from statements s join shops h using (shop) join lists l using (isbn, list);
commit;
analyze;
