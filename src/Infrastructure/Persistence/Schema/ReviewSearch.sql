-- Reviews in the index of Search.sql: found themselves, and their claims by their titles.

alter table search_documents drop constraint search_documents_type_check, add check (type between 0 and 3);
comment on column search_documents.type is '0 claim, 1 corroboration, 2 source, 3 review';
comment on column search_documents.number is 'of claims and of sources for life, each from 1; of a corroboration or a review, its claim''s';
drop index uq_search_documents_number;
create unique index uq_search_documents_number on search_documents (type, number) where type in (0, 2);
comment on column search_pending.number is 'of the claim or the source; of a corroboration or a review, its claim''s';
comment on column search_pending.source_number is 'of a claim''s claimant, of a corroboration''s source, of a review''s publisher';
comment on column search_pending.terms is
    'weight A: text, name, quote, title; weight B: context, description, attribution, note, rating in words and its explanation';

-- In the review's own language, else in its claim's.
create function index_reviews(ids uuid[], fresh boolean default false) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
begin
    if not fresh then
        insert into search_dead (document, type, number)
        select document, type, number from search_documents where resource_id = any (ids) and document is not null order by document;
    end if;

    insert into search_documents as d (resource_id, type, number, document)
    select v.id, 3, c.number, case when v.live then nextval('search_document_numbers') end
    from reviews v join search_documents c on c.resource_id = v.claim_id
    where v.id = any (ids) and not exists (select from search_documents where resource_id = v.id) order by v.id;

    if not fresh then
        update search_documents d set document = case when v.live then nextval('search_document_numbers') end, number = c.number
        from reviews v join search_documents c on c.resource_id = v.claim_id
        where v.id = any (ids) and d.resource_id = v.id
            and (d.document is null and v.live or exists (select from search_dead x where x.document = d.document));
    end if;

    insert into search_pending (document, type, number, source_number, configuration, main_length, other_length, day, language, tags, terms)
    select d.document, 3, d.number, p.number, k.id, search_length(t.main), search_length(t.other), search_day(v.reviewed_first),
        lower(coalesce(v.language, c.language)), v.tags, t.main || t.other
    from reviews v
    join search_documents d on d.resource_id = v.id
    join claims c on c.id = v.claim_id
    join search_documents p on p.resource_id = v.publisher_id
    join search_configurations k on k.id = search_configuration(coalesce(v.language, c.language))
    cross join lateral (select setweight(search_vector(k.configuration, k.plain, v.title), 'A') as main,
        setweight(search_vector(k.configuration, k.plain, concat_ws(E'\n', v.textual_rating, v.rating_explanation)), 'B') as other offset 0) t
    where v.id = any (ids) and v.live;
end $$;

create function search_follow_reviews() returns trigger language plpgsql as $$
declare
    changed uuid[];
begin
    if tg_op = 'INSERT' then
        perform index_reviews(array(select id from after_change), fresh => true);
        return null;
    end if;

    changed := array(
        select a.id from before_change b join after_change a using (id)
        where (a.claim_id, a.publisher_id, a.title, a.textual_rating, a.rating_explanation, a.reviewed_at, a.language, a.tags, a.live)
            is distinct from (b.claim_id, b.publisher_id, b.title, b.textual_rating, b.rating_explanation, b.reviewed_at, b.language, b.tags, b.live));
    if changed <> '{}' then
        perform index_reviews(changed);
    end if;
    return null;
end $$;

create trigger search_inserted after insert on reviews
    referencing new table as after_change for each statement execute function search_follow_reviews();
create trigger search_updated after update on reviews
    referencing old table as before_change new table as after_change for each statement execute function search_follow_reviews();
create trigger search_removed after delete on reviews
    referencing old table as before_change for each statement execute function search_follow_removed();

create or replace function search_follow_claims() returns trigger language plpgsql as $$
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

    -- Quotes are analysed as their claim is, and reviews of which nobody says the language. Whoever links to it just now holds the row, or comes after and reads the new language.
    moved := array(
        select a.id from before_change b join after_change a using (id)
        where a.live and lower(a.language) <> lower(b.language));
    if moved <> '{}' then
        perform from claims where id = any (moved) order by id for update;
        perform from corroborations l where l.claim_id = any (moved) and l.live order by l.id for no key update;
        perform from reviews v where v.claim_id = any (moved) and v.live and v.language is null order by v.id for no key update;
        perform index_links(array(select l.id from corroborations l where l.claim_id = any (moved) and l.live));
        perform index_reviews(array(select v.id from reviews v where v.claim_id = any (moved) and v.live and v.language is null));
    end if;
    return null;
end $$;

create or replace function rebuild_search() returns void language plpgsql as $$
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
    perform index_reviews(array(select id from reviews));
end $$;

-- What there was before.
select index_reviews(array(select id from reviews));
