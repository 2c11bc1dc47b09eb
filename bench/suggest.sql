-- 95,000 sources more, with names as names are: made of few common words and many rare ones, a third of them with aliases.
set synchronous_commit = off;
begin;
set local seed = 0.42;

create function pg_temp.word(n float8) returns text language sql volatile
return (select string_agg((array['ba', 'ke', 'lo', 'mi', 'nu', 'ra', 'se', 'to', 'vi', 'zu', 'an', 'er', 'or', 'st', 'ch', 'gr', 'pa', 'li', 'mo', 'da'])
    [1 + (i.n / (20 ^ place)::int) % 20], '') from (select n::int as n) i, generate_series(0, 2 + i.n % 3) place);

insert into sources (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, kind, name, aliases, country, language, reliability)
select
    ('01890000-0000-7000-8004-' || lpad(to_hex(i), 12, '0'))::uuid, 1, now(), 'local', now(), 'local', '[]', '{}', '{}',
    (array['outlet', 'document', 'document', 'person', 'organization', 'government', 'dataset', 'account'])[1 + i % 8],
    case i % 4
        when 0 then 'The ' || initcap(pg_temp.word(40000 * power(random(), 2))) || ' ' || (array['Times', 'Post', 'News', 'Tribune', 'Herald', 'Gazette'])[1 + i % 6]
        when 1 then 'Ministry of ' || initcap(pg_temp.word(40000 * power(random(), 2))) || ' of ' || initcap(pg_temp.word(2000 * power(random(), 2)))
        when 2 then initcap(pg_temp.word(40000 * random())) || ' ' || initcap(pg_temp.word(40000 * random()))
        else 'University of ' || initcap(pg_temp.word(40000 * power(random(), 2))) || ', Department of ' || initcap(pg_temp.word(300 * random())) end,
    case when i % 3 = 0 then array[upper(left(pg_temp.word(40000 * random()), 4)), initcap(pg_temp.word(40000 * random())) || ' Agency'] else '{}' end,
    'AT', 'en', 'F'
from generate_series(1::bigint, 95000) i;

insert into sources (
    id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, kind, name, aliases, country, language, reliability)
values
    ('01890000-0000-7000-8005-000000000001', 1, now(), 'local', now(), 'local', '[]', '{}', '{}', 'outlet', 'Reuters', array['Thomson Reuters'], 'GB', 'en', 'B'),
    ('01890000-0000-7000-8005-000000000002', 1, now(), 'local', now(), 'local', '[]', '{}', '{}', 'person', 'Vladimir Putin', array['Poutine'], 'RU', 'ru', 'F');
commit;
vacuum (analyze) sources;
vacuum (analyze) source_names;
vacuum (analyze) source_words;
