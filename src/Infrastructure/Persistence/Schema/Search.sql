-- What search looks words up in. A writer appends, in its own transaction, one row for each claim, link or source whose words it changes, and
-- touches no row that another writer needs. In the background these rows are gathered into segments: inverted, sorted, packed. Readers read both.

-- ---------------------------------------------------------------- analysis
-- For each configuration that this server ships, one that does the same without accents. A configuration's number is what documents keep.

create table search_configurations (
    id smallint primary key check (id between 0 and 62),
    name text not null unique,
    configuration regconfig not null,
    plain regconfig not null,
    languages text[] not null
);
comment on column search_configurations.configuration is 'takes accents off, then stems';
comment on column search_configurations.plain is 'as the server ships it';
comment on column search_configurations.languages is 'primary subtags of BCP 47 that are analysed so';

do $$
declare
    shipped record;
    mapped record;
    own text;
begin
    for shipped in
        select c.oid, c.cfgname, row_number() over (order by c.cfgname <> 'simple', c.cfgname) - 1 as id, coalesce(l.languages, '{}') as languages
        from pg_ts_config c
        left join (values
            ('arabic', '{ar}'::text[]), ('armenian', '{hy}'), ('basque', '{eu}'), ('catalan', '{ca}'), ('danish', '{da}'), ('dutch', '{nl}'),
            ('english', '{en}'), ('estonian', '{et}'), ('finnish', '{fi}'), ('french', '{fr}'), ('german', '{de}'), ('greek', '{el}'),
            ('hindi', '{hi}'), ('hungarian', '{hu}'), ('indonesian', '{id,in}'), ('irish', '{ga}'), ('italian', '{it}'), ('lithuanian', '{lt}'),
            ('nepali', '{ne}'), ('norwegian', '{no,nb,nn}'), ('portuguese', '{pt}'), ('romanian', '{ro,mo}'), ('russian', '{ru}'),
            ('serbian', '{sr}'), ('spanish', '{es}'), ('swedish', '{sv}'), ('tamil', '{ta}'), ('turkish', '{tr}'), ('yiddish', '{yi,ji}'),
            ('polish', '{pl}'), ('esperanto', '{eo}')) l(name, languages) on l.name = c.cfgname
        where c.cfgnamespace = 'pg_catalog'::regnamespace
        order by id
    loop
        own := 'stemma_' || shipped.cfgname;
        execute format('create text search configuration %I (copy = pg_catalog.%I)', own, shipped.cfgname);
        for mapped in
            select t.alias, array_agg(m.mapdict::regdictionary::text order by m.mapseqno) as dictionaries
            from pg_ts_config_map m
            join pg_ts_config c on c.oid = m.mapcfg
            join ts_token_type(c.cfgparser) t on t.tokid = m.maptokentype
            where m.mapcfg = shipped.oid and t.alias in ('word', 'hword', 'hword_part')
            group by t.alias
        loop
            execute format('alter text search configuration %I alter mapping for %I with unaccent, %s', own, mapped.alias,
                array_to_string(mapped.dictionaries, ', '));
        end loop;
        insert into search_configurations values (shipped.id, shipped.cfgname, own::regconfig, shipped.oid::regconfig, shipped.languages);
    end loop;
end $$;

-- The number of a language's configuration; 0, the plain one, where there is none for it.
-- It and others are in PL/pgSQL, which keeps its plans: a function in SQL that is not inlined is planned anew with each statement that calls it.
create function search_configuration(language text) returns smallint
language plpgsql stable parallel safe as $$
begin
    return coalesce((select id from search_configurations where languages @> array[lower(split_part(language, '-', 1))]), 0::smallint);
end $$;

-- A text's words. Stemmers know endings by their accents ("exportación", "exportaciones"), and many writers leave accents out: where there are any,
-- both forms stand at the word's place, stemmed without accents, and stemmed with them and then without.
create function search_vector(configuration regconfig, plain regconfig, written text) returns tsvector
language plpgsql stable parallel safe as $$
declare
    readable text;
begin
    if written is null or written = '' then
        return '';
    end if;
    if unaccent(written) = written then
        return to_tsvector(configuration, written);
    end if;

    -- Without accents some letters are several, and a lexeme has 2,046 bytes at most.
    readable := regexp_replace(written, '\S{100,}', ' ', 'g');
    return (to_tsvector(configuration, readable)::text || ' ' || coalesce((
        select string_agg('''' || replace(replace(folded, E'\\', E'\\\\'), '''', '''''') || ''':' || array_to_string(positions, ','), ' ')
        from unnest(to_tsvector(plain, readable)), unaccent(lexeme) folded
        where octet_length(folded) between 1 and 2000), ''))::tsvector;
end $$;

-- How many places have a word.
create function search_length(terms tsvector) returns int
language plpgsql immutable parallel safe as $$
begin
    return (select count(distinct position)::int from unnest(terms) t, unnest(t.positions) position);
end $$;

-- Days since 0001-01-01.
create function search_day(instant timestamptz) returns int
language sql immutable parallel safe as $$
    select (instant at time zone 'UTC')::date - date '0001-01-01'
$$;

-- ---------------------------------------------------------------- tables

create sequence search_document_numbers as int;
create sequence search_claim_numbers as int;
create sequence search_source_numbers as int;

-- Which document of the index now stands for a resource: each change of its words makes a new one. Claims and sources also keep a number for life.
create table search_documents (
    resource_id uuid primary key,
    type smallint not null check (type between 0 and 2),
    number int not null,
    document int
) with (fillfactor = 85);
comment on column search_documents.type is '0 claim, 1 corroboration, 2 source';
comment on column search_documents.number is 'of claims and of sources for life, each from 1; of a corroboration, its claim''s';
comment on column search_documents.document is 'null while it is deleted';
create unique index uq_search_documents_number on search_documents (type, number) where type <> 1;
create unique index uq_search_documents_document on search_documents (document) where document is not null;

-- Documents that are in no segment yet.
create table search_pending (
    document int primary key,
    type smallint not null,
    number int not null,
    source_number int,
    configuration smallint not null,
    main_length int not null,
    other_length int not null,
    day int,
    kind text,
    status text,
    language text,
    stance text,
    tags text[] not null,
    terms tsvector not null
);
comment on column search_pending.number is 'of the claim or the source; of a corroboration, its claim''s';
comment on column search_pending.source_number is 'of a claim''s claimant, of a corroboration''s source';
comment on column search_pending.terms is 'weight A: text, name, quote; weight B: context, description, attribution, note';
create index ix_search_pending_terms on search_pending using gin (terms);

-- Documents that no longer stand for anything, until the segment that has them knows it.
create table search_dead (
    document int primary key,
    type smallint not null,
    number int not null
);

create table search_segments (
    segment int primary key generated always as identity,
    level smallint not null,
    documents int not null,
    dead int[] not null default '{}',
    attributes bytea not null
);
comment on column search_segments.dead is 'documents of this segment that no longer stand for anything, by their place in it';
comment on column search_segments.attributes is 'what the API packs of its documents, in their order: see Segment';
alter table search_segments alter column attributes set storage external;

create table search_postings (
    lexeme text collate "C" not null,
    segment int not null references search_segments on delete cascade,
    documents int not null,
    postings bytea not null,
    positions bytea not null,
    primary key (lexeme, segment) include (documents)
);
alter table search_postings alter column postings set storage external, alter column positions set storage external;
create index ix_search_postings_segment on search_postings (segment, lexeme);

-- The words of the segments, to find what a misspelt one may have meant. It only grows.
create table search_words (
    word text collate "C" primary key
);
create index ix_search_words_trigrams on search_words using gin (word gin_trgm_ops);

-- What nearly identical claims have in common: of each claim's words, without numbers, the four whose hashes are lowest, two by two. Who changes a
-- word or two of ten keeps most of these pairs.
create table search_fingerprints (
    fingerprint bigint not null,
    claim_id uuid not null,
    primary key (fingerprint, claim_id)
);
create index ix_search_fingerprints_claim on search_fingerprints (claim_id);

create function search_fingerprints_of(terms tsvector) returns setof bigint
language plpgsql immutable parallel safe as $$
begin
    return query with lowest as (
        select hashtextextended(lexeme, 0) as hash from unnest(terms) where 'A' = any (weights) and lexeme !~ '[0-9]' order by 1 limit 4)
    select hashint8extended(a.hash, b.hash) from lowest a join lowest b on a.hash < b.hash
    union
    select hash from lowest where (select count(*) from lowest) = 1;
end $$;

-- ---------------------------------------------------------------- followers of the three tables

-- With "fresh" the rows are new: nothing of theirs is in the index. Plans are made once in a session, mostly when there is little yet: so that they are right for much, indexes are always used.
create function index_claims(ids uuid[], fresh boolean default false) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
begin
    if not fresh then
        insert into search_dead (document, type, number)
        select document, type, number from search_documents where resource_id = any (ids) and document is not null order by document;
    end if;

    insert into search_documents as d (resource_id, type, number, document)
    select c.id, 0, nextval('search_claim_numbers'), case when c.live then nextval('search_document_numbers') end
    from claims c where c.id = any (ids) and not exists (select from search_documents where resource_id = c.id) order by c.id;

    if not fresh then
        update search_documents d set document = case when c.live then nextval('search_document_numbers') end
        from claims c
        where c.id = any (ids) and d.resource_id = c.id
            and (d.document is null and c.live or exists (select from search_dead x where x.document = d.document));
    end if;

    insert into search_pending (document, type, number, source_number, configuration, main_length, other_length, day, kind, status, language, tags, terms)
    select d.document, 0, d.number, s.number, k.id, search_length(t.main), search_length(t.other), search_day(c.claimed_first), c.kind, c.status,
        lower(c.language), c.tags, t.main || t.other
    from claims c
    join search_documents d on d.resource_id = c.id
    join search_configurations k on k.id = search_configuration(c.language)
    left join search_documents s on s.resource_id = c.claimant_id
    cross join lateral (select setweight(search_vector(k.configuration, k.plain, c.text), 'A') as main,
        setweight(search_vector(k.configuration, k.plain, c.context), 'B') as other offset 0) t
    where c.id = any (ids) and c.live;

    if not fresh then
        delete from search_fingerprints where claim_id = any (ids);
    end if;
    insert into search_fingerprints (fingerprint, claim_id)
    select distinct f.fingerprint, d.resource_id
    from search_documents d join search_pending p on p.document = d.document cross join lateral search_fingerprints_of(p.terms) f(fingerprint)
    where d.resource_id = any (ids);
end $$;

create function index_links(ids uuid[], fresh boolean default false) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
begin
    if not fresh then
        insert into search_dead (document, type, number)
        select document, type, number from search_documents where resource_id = any (ids) and document is not null order by document;
    end if;

    insert into search_documents as d (resource_id, type, number, document)
    select l.id, 1, c.number, case when l.live then nextval('search_document_numbers') end
    from corroborations l join search_documents c on c.resource_id = l.claim_id
    where l.id = any (ids) and not exists (select from search_documents where resource_id = l.id) order by l.id;

    if not fresh then
        update search_documents d set document = case when l.live then nextval('search_document_numbers') end, number = c.number
        from corroborations l join search_documents c on c.resource_id = l.claim_id
        where l.id = any (ids) and d.resource_id = l.id
            and (d.document is null and l.live or exists (select from search_dead x where x.document = d.document));
    end if;

    insert into search_pending (document, type, number, source_number, configuration, main_length, other_length, day, language, stance, tags,
        terms)
    select d.document, 1, dc.number, ds.number, k.id, search_length(t.main), search_length(t.other), search_day(l.published_first), lower(c.language),
        l.stance, l.tags,
        t.main || t.other
    from corroborations l
    join search_documents d on d.resource_id = l.id
    join claims c on c.id = l.claim_id
    join search_documents dc on dc.resource_id = l.claim_id
    join search_documents ds on ds.resource_id = l.source_id
    join search_configurations k on k.id = search_configuration(c.language)
    cross join lateral (select setweight(search_vector(k.configuration, k.plain, l.quote_exact), 'A') as main,
        setweight(search_vector(k.configuration, k.plain, concat_ws(E'\n', l.attribution, l.note)), 'B') as other offset 0) t
    where l.id = any (ids) and l.live;
end $$;

create function index_sources(ids uuid[], fresh boolean default false) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
begin
    if not fresh then
        insert into search_dead (document, type, number)
        select document, type, number from search_documents where resource_id = any (ids) and document is not null order by document;
    end if;

    insert into search_documents as d (resource_id, type, number, document)
    select s.id, 2, nextval('search_source_numbers'), case when s.live then nextval('search_document_numbers') end
    from sources s where s.id = any (ids) and not exists (select from search_documents where resource_id = s.id) order by s.id;

    if not fresh then
        update search_documents d set document = case when s.live then nextval('search_document_numbers') end
        from sources s
        where s.id = any (ids) and d.resource_id = s.id
            and (d.document is null and s.live or exists (select from search_dead x where x.document = d.document));

        -- Names are not stemmed: "The Times" is not the time.
    end if;

    insert into search_pending (document, type, number, configuration, main_length, other_length, day, kind, language, tags, terms)
    select d.document, 2, d.number, k.id, search_length(t.main), search_length(t.other), search_day(s.published_first), s.kind, lower(s.language), s.tags,
        t.main || t.other
    from sources s
    join search_documents d on d.resource_id = s.id
    join search_configurations k on k.id = search_configuration(s.language)
    cross join lateral (select setweight(to_tsvector('stemma_simple', array_to_string(s.name || s.aliases, E'\n')), 'A') as main,
        setweight(search_vector(k.configuration, k.plain, s.description), 'B') as other offset 0) t
    where s.id = any (ids) and s.live;
end $$;

create function search_follow_claims() returns trigger language plpgsql as $$
declare
    changed uuid[];
    moved uuid[];
begin
    if tg_op = 'INSERT' then
        perform index_claims(array(select id from after_change), fresh => true);
        return null;
    end if;

    changed := array(
        select a.id from before_change b join after_change a using (id)
        where (a.text, a.context, a.language, a.kind, a.status, a.claimant_id, a.claimed_at, a.tags, a.live)
            is distinct from (b.text, b.context, b.language, b.kind, b.status, b.claimant_id, b.claimed_at, b.tags, b.live));
    if changed <> '{}' then
        perform index_claims(changed);
    end if;

    -- Quotes are analysed as their claim is. Whoever links to it just now holds the row, or comes after and reads the new language.
    moved := array(
        select a.id from before_change b join after_change a using (id)
        where a.live and lower(a.language) <> lower(b.language));
    if moved <> '{}' then
        perform from claims where id = any (moved) order by id for update;
        perform from corroborations l where l.claim_id = any (moved) and l.live order by l.id for no key update;
        perform index_links(array(select l.id from corroborations l where l.claim_id = any (moved) and l.live));
    end if;
    return null;
end $$;

create function search_follow_links() returns trigger language plpgsql as $$
declare
    changed uuid[];
begin
    if tg_op = 'INSERT' then
        perform index_links(array(select id from after_change), fresh => true);
        return null;
    end if;

    changed := array(
        select a.id from before_change b join after_change a using (id)
        where (a.claim_id, a.source_id, a.stance, a.quote_exact, a.attribution, a.note, a.published_at, a.tags, a.live)
            is distinct from (b.claim_id, b.source_id, b.stance, b.quote_exact, b.attribution, b.note, b.published_at, b.tags, b.live));
    if changed <> '{}' then
        perform index_links(changed);
    end if;
    return null;
end $$;

create function search_follow_sources() returns trigger language plpgsql as $$
declare
    changed uuid[];
begin
    if tg_op = 'INSERT' then
        perform index_sources(array(select id from after_change), fresh => true);
        return null;
    end if;

    changed := array(
        select a.id from before_change b join after_change a using (id)
        where (a.name, a.aliases, a.description, a.kind, a.language, a.published_at, a.tags, a.live)
            is distinct from (b.name, b.aliases, b.description, b.kind, b.language, b.published_at, b.tags, b.live));
    if changed <> '{}' then
        perform index_sources(changed);
    end if;
    return null;
end $$;

create function search_follow_removed() returns trigger language plpgsql as $$
begin
    delete from search_fingerprints where claim_id in (select id from before_change);
    with removed as (delete from search_documents where resource_id in (select id from before_change) returning document, type, number)
    insert into search_dead (document, type, number) select document, type, number from removed where document is not null order by document;
    return null;
end $$;

create trigger search_inserted after insert on claims
    referencing new table as after_change for each statement execute function search_follow_claims();
create trigger search_updated after update on claims
    referencing old table as before_change new table as after_change for each statement execute function search_follow_claims();
create trigger search_removed after delete on claims
    referencing old table as before_change for each statement execute function search_follow_removed();
create trigger search_inserted after insert on corroborations
    referencing new table as after_change for each statement execute function search_follow_links();
create trigger search_updated after update on corroborations
    referencing old table as before_change new table as after_change for each statement execute function search_follow_links();
create trigger search_removed after delete on corroborations
    referencing old table as before_change for each statement execute function search_follow_removed();
create trigger search_inserted after insert on sources
    referencing new table as after_change for each statement execute function search_follow_sources();
create trigger search_updated after update on sources
    referencing old table as before_change new table as after_change for each statement execute function search_follow_sources();
create trigger search_removed after delete on sources
    referencing old table as before_change for each statement execute function search_follow_removed();

-- What the index would be, made from nothing: after an upgrade that changes the analysis, and to check that it is what it should be.
create function rebuild_search() returns void language plpgsql as $$
begin
    -- The folder first, then in the order of writers.
    perform pg_advisory_xact_lock(7363, 2);
    lock table search_dead, search_documents, search_pending, search_segments in exclusive mode;
    delete from search_segments;
    delete from search_pending;
    delete from search_dead;
    delete from search_words;
    delete from search_fingerprints;
    update search_documents set document = null;
    perform index_sources(array(select id from sources));
    perform index_claims(array(select id from claims));
    perform index_links(array(select id from corroborations));
end $$;

select rebuild_search();
