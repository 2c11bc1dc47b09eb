-- The index, the same in every row, for less: how many places have a word is counted where that is needed (to call a function for it, and a query in that,
-- cost more than the counting), and whatever the planner believes of tables that a rolled back load has left empty, every kind, new or changed, is gone after
-- by the index of its key ("offset 0").

create or replace function index_claims(ids uuid[], fresh boolean default false) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare
    spoken jsonb;
begin
    if not fresh then
        insert into search_dead (document, type, number)
        select document, type, number from search_documents where resource_id = any (ids) and document is not null order by document;
    end if;

    insert into search_documents as d (resource_id, type, number, document)
    select c.id, 0, nextval('search_claim_numbers'), case when c.live then nextval('search_document_numbers') end
    from unnest(ids) i(id)
    cross join lateral (select id, live from claims where id = i.id offset 0) c
    left join lateral (select resource_id from search_documents where resource_id = i.id offset 0) e on true
    where e.resource_id is null order by c.id;

    if not fresh then
        update search_documents d set document = case when (select live from claims where id = d.resource_id) then nextval('search_document_numbers') end
        where d.resource_id = any (ids)
            and (d.document is null and (select live from claims where id = d.resource_id) or exists (select from search_dead x where x.document = d.document));
    end if;

    spoken := (
        select jsonb_object_agg(l.language, search_configuration(l.language))
        from (select distinct c.language from unnest(ids) i(id) cross join lateral (select language from claims where id = i.id offset 0) c) l);
    insert into search_pending (document, type, number, source_number, configuration, main_length, other_length, day, kind, status, language, tags, terms)
    select d.document, 0, d.number, s.number, k.id,
        case when t.main = '' then 0 else (select count(distinct p) from unnest(t.main) u(lexeme, positions, weights), unnest(u.positions) p) end,
        case when t.other = '' then 0 else (select count(distinct p) from unnest(t.other) u(lexeme, positions, weights), unnest(u.positions) p) end,
        search_day(c.claimed_first), c.kind, c.status,
        lower(c.language), c.tags, t.main || t.other
    from unnest(ids) i(id)
    cross join lateral (
        select id, live, claimant_id, claimed_first, kind, status, language, tags, text, context from claims where id = i.id offset 0) c
    cross join lateral (select number, document from search_documents where resource_id = c.id offset 0) d
    cross join lateral (select id, configuration, plain from search_configurations where id = (spoken ->> c.language)::smallint offset 0) k
    left join lateral (select number from search_documents where resource_id = c.claimant_id offset 0) s on true
    cross join lateral (select setweight(search_vector(k.configuration, k.plain, c.text), 'A') as main,
        setweight(search_vector(k.configuration, k.plain, c.context), 'B') as other offset 0) t
    where c.live;

    if not fresh then
        delete from search_fingerprints where claim_id = any (ids);
    end if;
    insert into search_fingerprints (fingerprint, claim_id)
    select distinct f.fingerprint, i.id
    from unnest(ids) i(id)
    cross join lateral (select document from search_documents where resource_id = i.id offset 0) d
    cross join lateral (select terms from search_pending where document = d.document offset 0) p
    cross join lateral (select array(
        select hashtextextended(t.lexeme, 0) as hash from unnest(p.terms) t where 'A' = any (t.weights) and t.lexeme !~ '[0-9]' order by hash limit 4) as h offset 0) lowest
    cross join lateral unnest(case when cardinality(h) = 1 then h else array[hashint8extended(h[1], h[2]), hashint8extended(h[1], h[3]),
        hashint8extended(h[2], h[3]), hashint8extended(h[1], h[4]), hashint8extended(h[2], h[4]), hashint8extended(h[3], h[4])] end) f(fingerprint)
    where f.fingerprint is not null
    order by f.fingerprint, i.id;
end $$;

create or replace function index_links(ids uuid[], fresh boolean default false) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare
    spoken jsonb;
begin
    if not fresh then
        insert into search_dead (document, type, number)
        select document, type, number from search_documents where resource_id = any (ids) and document is not null order by document;
    end if;

    insert into search_documents as d (resource_id, type, number, document)
    select l.id, 1, c.number, case when l.live then nextval('search_document_numbers') end
    from unnest(ids) i(id)
    cross join lateral (select id, claim_id, live from corroborations where id = i.id offset 0) l
    cross join lateral (select number from search_documents where resource_id = l.claim_id offset 0) c
    left join lateral (select resource_id from search_documents where resource_id = i.id offset 0) e on true
    where e.resource_id is null order by l.id;

    if not fresh then
        update search_documents d set document = case when (select live from corroborations where id = d.resource_id) then nextval('search_document_numbers') end,
            number = (select number from search_documents where resource_id = (select claim_id from corroborations where id = d.resource_id))
        where d.resource_id = any (ids)
            and (d.document is null and (select live from corroborations where id = d.resource_id) or exists (select from search_dead x where x.document = d.document));
    end if;

    spoken := (
        select jsonb_object_agg(s.language, search_configuration(s.language))
        from (
            select distinct c.language from unnest(ids) i(id)
            cross join lateral (select claim_id from corroborations where id = i.id offset 0) l
            cross join lateral (select language from claims where id = l.claim_id offset 0) c) s);
    insert into search_pending (document, type, number, source_number, configuration, main_length, other_length, day, language, stance, tags,
        terms)
    select d.document, 1, dc.number, ds.number, k.id,
        case when t.main = '' then 0 else (select count(distinct p) from unnest(t.main) u(lexeme, positions, weights), unnest(u.positions) p) end,
        case when t.other = '' then 0 else (select count(distinct p) from unnest(t.other) u(lexeme, positions, weights), unnest(u.positions) p) end,
        search_day(l.published_first), lower(c.language),
        l.stance, l.tags,
        t.main || t.other
    from unnest(ids) i(id)
    cross join lateral (
        select id, live, claim_id, source_id, published_first, stance, tags, quote_exact, attribution, note from corroborations where id = i.id offset 0) l
    cross join lateral (select document from search_documents where resource_id = l.id offset 0) d
    cross join lateral (select language from claims where id = l.claim_id offset 0) c
    cross join lateral (select number from search_documents where resource_id = l.claim_id offset 0) dc
    cross join lateral (select number from search_documents where resource_id = l.source_id offset 0) ds
    cross join lateral (select id, configuration, plain from search_configurations where id = (spoken ->> c.language)::smallint offset 0) k
    cross join lateral (select setweight(search_vector(k.configuration, k.plain, l.quote_exact), 'A') as main,
        setweight(search_vector(k.configuration, k.plain, concat_ws(E'\n', l.attribution, l.note)), 'B') as other offset 0) t
    where l.live;
end $$;

create or replace function index_sources(ids uuid[], fresh boolean default false) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare
    spoken jsonb;
begin
    if not fresh then
        insert into search_dead (document, type, number)
        select document, type, number from search_documents where resource_id = any (ids) and document is not null order by document;
    end if;

    insert into search_documents as d (resource_id, type, number, document)
    select s.id, 2, nextval('search_source_numbers'), case when s.live then nextval('search_document_numbers') end
    from unnest(ids) i(id)
    cross join lateral (select id, live from sources where id = i.id offset 0) s
    left join lateral (select resource_id from search_documents where resource_id = i.id offset 0) e on true
    where e.resource_id is null order by s.id;

    if not fresh then
        update search_documents d set document = case when (select live from sources where id = d.resource_id) then nextval('search_document_numbers') end
        where d.resource_id = any (ids)
            and (d.document is null and (select live from sources where id = d.resource_id) or exists (select from search_dead x where x.document = d.document));
    end if;

    spoken := (
        select jsonb_object_agg(coalesce(l.language, ''), search_configuration(l.language))
        from (select distinct s.language from unnest(ids) i(id) cross join lateral (select language from sources where id = i.id offset 0) s) l);
    -- Names are not stemmed: "The Times" is not the time.
    insert into search_pending (document, type, number, configuration, main_length, other_length, day, kind, language, tags, terms)
    select d.document, 2, d.number, k.id,
        case when t.main = '' then 0 else (select count(distinct p) from unnest(t.main) u(lexeme, positions, weights), unnest(u.positions) p) end,
        case when t.other = '' then 0 else (select count(distinct p) from unnest(t.other) u(lexeme, positions, weights), unnest(u.positions) p) end,
        search_day(s.published_first), s.kind, lower(s.language), s.tags, t.main || t.other
    from unnest(ids) i(id)
    cross join lateral (select id, live, published_first, kind, language, tags, name, aliases, description from sources where id = i.id offset 0) s
    cross join lateral (select number, document from search_documents where resource_id = s.id offset 0) d
    cross join lateral (
        select id, configuration, plain from search_configurations where id = (spoken ->> coalesce(s.language, ''))::smallint offset 0) k
    cross join lateral (select setweight(to_tsvector('stemma_simple', array_to_string(s.name || s.aliases, E'\n')), 'A') as main,
        setweight(search_vector(k.configuration, k.plain, s.description), 'B') as other offset 0) t
    where s.live;
end $$;

create or replace function index_reviews(ids uuid[], fresh boolean default false) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare
    spoken jsonb;
begin
    if not fresh then
        insert into search_dead (document, type, number)
        select document, type, number from search_documents where resource_id = any (ids) and document is not null order by document;
    end if;

    insert into search_documents as d (resource_id, type, number, document)
    select v.id, 3, c.number, case when v.live then nextval('search_document_numbers') end
    from unnest(ids) i(id)
    cross join lateral (select id, claim_id, live from reviews where id = i.id offset 0) v
    cross join lateral (select number from search_documents where resource_id = v.claim_id offset 0) c
    left join lateral (select resource_id from search_documents where resource_id = i.id offset 0) e on true
    where e.resource_id is null order by v.id;

    if not fresh then
        update search_documents d set document = case when (select live from reviews where id = d.resource_id) then nextval('search_document_numbers') end,
            number = (select number from search_documents where resource_id = (select claim_id from reviews where id = d.resource_id))
        where d.resource_id = any (ids)
            and (d.document is null and (select live from reviews where id = d.resource_id) or exists (select from search_dead x where x.document = d.document));
    end if;

    spoken := (
        select jsonb_object_agg(s.language, search_configuration(s.language))
        from (
            select distinct coalesce(v.language, c.language) as language from unnest(ids) i(id)
            cross join lateral (select claim_id, language from reviews where id = i.id offset 0) v
            cross join lateral (select language from claims where id = v.claim_id offset 0) c) s);
    insert into search_pending (document, type, number, source_number, configuration, main_length, other_length, day, language, tags, terms)
    select d.document, 3, d.number, p.number, k.id,
        case when t.main = '' then 0 else (select count(distinct p) from unnest(t.main) u(lexeme, positions, weights), unnest(u.positions) p) end,
        case when t.other = '' then 0 else (select count(distinct p) from unnest(t.other) u(lexeme, positions, weights), unnest(u.positions) p) end,
        search_day(v.reviewed_first), lower(coalesce(v.language, c.language)), v.tags, t.main || t.other
    from unnest(ids) i(id)
    cross join lateral (
        select id, live, claim_id, publisher_id, reviewed_first, language, tags, title, textual_rating, rating_explanation from reviews where id = i.id offset 0) v
    cross join lateral (select number, document from search_documents where resource_id = v.id offset 0) d
    cross join lateral (select language from claims where id = v.claim_id offset 0) c
    cross join lateral (select number from search_documents where resource_id = v.publisher_id offset 0) p
    cross join lateral (
        select id, configuration, plain from search_configurations where id = (spoken ->> coalesce(v.language, c.language))::smallint offset 0) k
    cross join lateral (select setweight(search_vector(k.configuration, k.plain, v.title), 'A') as main,
        setweight(search_vector(k.configuration, k.plain, concat_ws(E'\n', v.textual_rating, v.rating_explanation)), 'B') as other offset 0) t
    where v.live;
end $$;
