-- What the tables promise beyond their columns, so that no writer can break it: an API instance, a script with psql, a bulk load.

-- ---------------------------------------------------------------- partial dates
-- 2024, 2024-05, 2024-05-16 or an instant that ends in Z, as text; its span is derived here and nowhere else in the database.

create function partial_date_start(d text) returns timestamp
language sql immutable strict parallel safe
return make_timestamp(
    substr(d, 1, 4)::int,
    coalesce(nullif(substr(d, 6, 2), '')::int, 1),
    coalesce(nullif(substr(d, 9, 2), '')::int, 1),
    coalesce(nullif(substr(d, 12, 2), '')::int, 0),
    coalesce(nullif(substr(d, 15, 2), '')::int, 0),
    coalesce(nullif(rtrim(substr(d, 18, 9), 'Z'), '')::float8, 0));

create function partial_date_first(d text) returns timestamptz
language sql immutable strict parallel safe
return partial_date_start(d) at time zone 'UTC';

create function partial_date_last(d text) returns timestamptz
language sql immutable strict parallel safe
return (partial_date_start(d) + case length(d)
    when 4 then interval '1 year' - interval '1 microsecond'
    when 7 then interval '1 month' - interval '1 microsecond'
    when 10 then interval '1 day' - interval '1 microsecond'
    else interval '0' end) at time zone 'UTC';

create function is_partial_date(d text) returns boolean
language sql immutable parallel safe
return d ~ '^\d{4}(-\d\d(-\d\d(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z)?)?)?$';

-- ---------------------------------------------------------------- lists in a row

create function texts_fit(items text[], most int, longest int) returns boolean
language sql immutable parallel safe
return items = '{}' or (cardinality(items) <= most
    and (select bool_and(item is not null and item ~ '[^[:space:]]' and char_length(item) <= longest) from unnest(items) item));

create function lower_all(items text[]) returns text[]
language sql immutable parallel safe
return (select array_agg(lower(item)) from unnest(items) item);

create function external_ids_fit(ids jsonb) returns boolean
language sql immutable parallel safe
return ids = '[]' or (jsonb_typeof(ids) = 'array' and jsonb_array_length(ids) <= 100 and not jsonb_path_exists(ids,
    '$[*] ? (!exists(@.system) || !exists(@.id) || @.system.type() != "string" || @.id.type() != "string" || @.system like_regex ":"
        || !(@.system like_regex "[^[:space:]]") || !(@.id like_regex "[^[:space:]]"))')
    and (select bool_and(char_length(x ->> 'system') <= 500 and char_length(x ->> 'id') <= 500) from jsonb_array_elements(ids) x));

create function quantities_fit(quantities jsonb) returns boolean
language sql immutable parallel safe
return quantities = '[]' or (jsonb_typeof(quantities) = 'array' and jsonb_array_length(quantities) <= 100 and not jsonb_path_exists(quantities,
    '$[*] ? (!exists(@.metric) || @.metric.type() != "string" || !exists(@.unit) || @.unit.type() != "string"
        || !(@.comparator like_regex "^(eq|gt|gte|lt|lte|approx|between)$")
        || (@.comparator == "between" && !(@.lower <= @.upper))
        || (@.comparator != "between" && (!exists(@.value) || @.value.type() != "number"))
        || @.*.type() == "object" || @.*.type() == "array"
        || @.value >= 79228162514264337593543950336 || @.value <= -79228162514264337593543950336
        || @.lower <= -79228162514264337593543950336 || @.upper >= 79228162514264337593543950336)')
    -- A period that is no date fails here, or in the making of its first instant.
    and (select bool_and(coalesce(is_partial_date(q ->> 'periodFrom'), true) and coalesce(is_partial_date(q ->> 'periodTo'), true)
            and coalesce(partial_date_first(q ->> 'periodFrom') <= partial_date_last(q ->> 'periodTo'),
                partial_date_first(coalesce(q ->> 'periodFrom', q ->> 'periodTo', '2000')) is not null))
         from jsonb_array_elements(quantities) q));

-- ---------------------------------------------------------------- living and deleted
-- "live" is true or null. Being part of a unique key and of every foreign key, it makes a link to what is deleted at the same moment
-- fail by itself, in whichever order the two arrive; a tombstone's own references (live is null) bind nothing.

alter table sources
    add live boolean generated always as (case when deleted_at is null then true end) stored,
    add published_first timestamptz generated always as (partial_date_first(published_at)) stored,
    add constraint uq_sources_live unique (id, live);

alter table claims
    add live boolean generated always as (case when deleted_at is null then true end) stored,
    add claimed_first timestamptz generated always as (partial_date_first(claimed_at)) stored,
    add event_span tstzrange generated always as (case when coalesce(event_from, event_to) is not null then
        tstzrange(partial_date_first(event_from), partial_date_last(event_to), '[]') end) stored,
    add constraint uq_claims_live unique (id, live);

alter table corroborations
    add live boolean generated always as (case when deleted_at is null then true end) stored,
    add published_first timestamptz generated always as (partial_date_first(published_at)) stored,
    add constraint uq_corroborations_live unique (id, live);

alter table sources
    add constraint fk_sources_parent foreign key (parent_id, live) references sources (id, live),
    add constraint fk_sources_owner foreign key (owner_id, live) references sources (id, live);

alter table claims
    add constraint fk_claims_claimant foreign key (claimant_id, live) references sources (id, live);

alter table corroborations
    add constraint fk_corroborations_claim foreign key (claim_id, live) references claims (id, live),
    add constraint fk_corroborations_source foreign key (source_id, live) references sources (id, live),
    add constraint fk_corroborations_cited_in foreign key (cited_in_id, live) references sources (id, live);

-- ---------------------------------------------------------------- checks

alter table sources
    add constraint ck_sources_version check (version >= 1),
    add constraint ck_sources_kind check (kind in ('outlet', 'document', 'person', 'organization', 'government', 'dataset', 'account', 'anonymous')),
    add constraint ck_sources_name check (char_length(name) between 1 and 500 and name ~ '[^[:space:]]'),
    add constraint ck_sources_aliases check (texts_fit(aliases, 100, 500)),
    add constraint ck_sources_url check (char_length(url) <= 2000 and url ~* '^https?://'),
    add constraint ck_sources_archive_url check (char_length(archive_url) <= 2000 and archive_url ~* '^https?://'),
    add constraint ck_sources_description check (char_length(description) <= 10000),
    add constraint ck_sources_country check (country ~ '^[A-Z]{2}$'),
    add constraint ck_sources_language check (char_length(language) <= 35),
    add constraint ck_sources_reliability check (reliability in ('A', 'B', 'C', 'D', 'E', 'F')),
    add constraint ck_sources_reliability_basis check (char_length(reliability_basis) <= 10000),
    add constraint ck_sources_published_at check (is_partial_date(published_at)),
    add constraint ck_sources_content_hash check (content_hash ~ '^sha256:[0-9a-f]{64}$'),
    add constraint ck_sources_citation check (json_typeof(citation) = 'object'),
    add constraint ck_sources_tags check (texts_fit(tags, 100, 100)),
    add constraint ck_sources_external_ids check (external_ids_fit(external_ids));

alter table claims
    add constraint ck_claims_version check (version >= 1),
    add constraint ck_claims_text check (char_length(text) between 1 and 5000 and text ~ '[^[:space:]]'),
    add constraint ck_claims_context check (char_length(context) <= 10000),
    add constraint ck_claims_language check (char_length(language) between 2 and 35),
    add constraint ck_claims_kind check (kind in ('factual', 'quantitative', 'prediction', 'denial', 'opinion')),
    add constraint ck_claims_status check (status in ('draft', 'open', 'assessed', 'retracted', 'superseded')),
    add constraint ck_claims_claimed_at check (is_partial_date(claimed_at)),
    add constraint ck_claims_event check (is_partial_date(event_from) and is_partial_date(event_to)
        and partial_date_first(event_from) <= partial_date_last(event_to)),
    add constraint ck_claims_place check (char_length(place) <= 500),
    add constraint ck_claims_first_appearance_url check (char_length(first_appearance_url) <= 2000 and first_appearance_url ~* '^https?://'),
    add constraint ck_claims_appearance_urls check (texts_fit(appearance_urls, 100, 2000)
        and array_to_string(appearance_urls, E'\n') !~* '(^|\n)(?!https?://)[^\n]'),
    add constraint ck_claims_quantities check (quantities_fit(quantities)),
    add constraint ck_claims_tags check (texts_fit(tags, 100, 100)),
    add constraint ck_claims_external_ids check (external_ids_fit(external_ids));

alter table corroborations
    add constraint ck_corroborations_version check (version >= 1),
    add constraint ck_corroborations_stance check (stance in ('supports', 'contradicts', 'reports', 'denies', 'mentions')),
    add constraint ck_corroborations_directness check (directness in ('first-hand', 'relayed', 'unknown')),
    add constraint ck_corroborations_first_hand check (directness <> 'first-hand' or attributed_to_ids = '{}'),
    add constraint ck_corroborations_attributed_to check (cardinality(attributed_to_ids) <= 100 and not source_id = any (attributed_to_ids)),
    add constraint ck_corroborations_interest check (interest in ('party', 'adverse', 'neutral', 'unknown')),
    add constraint ck_corroborations_denial check (stance <> 'denies' or attributed_to_ids <> '{}' or interest = 'party'),
    add constraint ck_corroborations_attribution check (char_length(attribution) <= 10000),
    add constraint ck_corroborations_quote check (char_length(quote_exact) between 1 and 10000
        and char_length(quote_prefix) <= 10000 and char_length(quote_suffix) <= 10000),
    add constraint ck_corroborations_quote_whole check (quote_exact is not null or (quote_prefix is null and quote_suffix is null)),
    add constraint ck_corroborations_locator check (char_length(locator) <= 500),
    add constraint ck_corroborations_url check (char_length(url) <= 2000 and url ~* '^https?://'),
    add constraint ck_corroborations_archive_url check (char_length(archive_url) <= 2000 and archive_url ~* '^https?://'),
    add constraint ck_corroborations_published_at check (is_partial_date(published_at)),
    add constraint ck_corroborations_credibility check (credibility between 1 and 6),
    add constraint ck_corroborations_note check (char_length(note) <= 10000),
    add constraint ck_corroborations_tags check (texts_fit(tags, 100, 100)),
    add constraint ck_corroborations_external_ids check (external_ids_fit(external_ids));

-- ---------------------------------------------------------------- versions
-- Clients tell by the version whether what they hold is still so, and none would ever ask again for what changed without it. These run after
-- the update: with a trigger before it, PostgreSQL takes "live" for changed, a key, and locks out whoever links to the row meanwhile.

create function refuse_version() returns trigger language plpgsql as $$
begin
    raise exception using errcode = 'check_violation', message = 'a change raises the version by one: set version = version + 1',
        table = tg_table_name, constraint = tg_name;
end $$;

create trigger version_rises after update on sources
    for each row when (new.version <> old.version + 1) execute function refuse_version();
create trigger version_rises after update on claims
    for each row when (new.version <> old.version + 1) execute function refuse_version();
create trigger version_rises after update on corroborations
    for each row when (new.version <> old.version + 1) execute function refuse_version();

-- ---------------------------------------------------------------- uniqueness

-- A quote may be longer than a B-tree entry: its digest stands for it, and a link without one counts as one quote.
create unique index uq_corroborations_link
    on corroborations (claim_id, source_id, stance, md5(coalesce(quote_exact, ''))) where live;

-- External ids of the living, one row each; "digest" is the SHA-256 of "system:id".
create table external_ids (
    resource_type text not null,
    digest bytea not null,
    resource_id uuid not null,
    constraint uq_external_ids primary key (resource_type, digest)
);
create index ix_external_ids_resource on external_ids (resource_id);

create function follow_external_ids() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        delete from external_ids where resource_id = old.id and resource_type = tg_argv[0];
    end if;
    if tg_op <> 'DELETE' and new.live then
        insert into external_ids (resource_type, digest, resource_id)
        select tg_argv[0], sha256(convert_to((x ->> 'system') || ':' || (x ->> 'id'), 'UTF8')) as digest, new.id
        from jsonb_array_elements(new.external_ids) x
        order by digest;
    end if;
    return null;
end $$;

-- ---------------------------------------------------------------- attributions, one row each, so that foreign keys hold them

create table corroboration_attributions (
    corroboration_id uuid not null,
    source_id uuid not null,
    live boolean not null default true check (live),
    primary key (corroboration_id, source_id),
    constraint fk_corroborations_attributed_to foreign key (source_id, live) references sources (id, live),
    constraint fk_corroboration_attributions_corroboration foreign key (corroboration_id, live) references corroborations (id, live)
        on delete cascade deferrable initially deferred
);
create index ix_corroboration_attributions_source on corroboration_attributions (source_id, live, corroboration_id);

create function follow_attributions() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from corroboration_attributions where corroboration_id = new.id;
    end if;
    if new.live then
        insert into corroboration_attributions (corroboration_id, source_id)
        select distinct new.id, source from unnest(new.attributed_to_ids) source order by source;
    end if;
    return null;
end $$;

create trigger attributions_inserted after insert on corroborations
    for each row when (new.attributed_to_ids <> '{}') execute function follow_attributions();
create trigger attributions_updated after update of attributed_to_ids, deleted_at on corroborations
    for each row when (old.attributed_to_ids is distinct from new.attributed_to_ids or old.deleted_at is distinct from new.deleted_at)
    execute function follow_attributions();

create trigger sources_external_ids_inserted after insert on sources
    for each row when (new.external_ids <> '[]') execute function follow_external_ids('source');
create trigger sources_external_ids_updated after update of external_ids, deleted_at on sources
    for each row when (old.external_ids is distinct from new.external_ids or old.deleted_at is distinct from new.deleted_at)
    execute function follow_external_ids('source');
create trigger claims_external_ids_inserted after insert on claims
    for each row when (new.external_ids <> '[]') execute function follow_external_ids('claim');
create trigger claims_external_ids_updated after update of external_ids, deleted_at on claims
    for each row when (old.external_ids is distinct from new.external_ids or old.deleted_at is distinct from new.deleted_at)
    execute function follow_external_ids('claim');
create trigger corroborations_external_ids_inserted after insert on corroborations
    for each row when (new.external_ids <> '[]') execute function follow_external_ids('corroboration');
create trigger corroborations_external_ids_updated after update of external_ids, deleted_at on corroborations
    for each row when (old.external_ids is distinct from new.external_ids or old.deleted_at is distinct from new.deleted_at)
    execute function follow_external_ids('corroboration');

-- The API leaves tombstones; whoever removes rows for good, to erase a person's data say, leaves nothing dangling either.
create trigger sources_external_ids_deleted after delete on sources
    for each row when (old.external_ids <> '[]') execute function follow_external_ids('source');
create trigger claims_external_ids_deleted after delete on claims
    for each row when (old.external_ids <> '[]') execute function follow_external_ids('claim');
create trigger corroborations_external_ids_deleted after delete on corroborations
    for each row when (old.external_ids <> '[]') execute function follow_external_ids('corroboration');

create function refuse_truncate() returns trigger language plpgsql as $$
begin
    raise exception using errcode = 'feature_not_supported', message = 'delete rows instead: what is derived from them follows';
end $$;
create trigger no_truncate before truncate on sources execute function refuse_truncate();
create trigger no_truncate before truncate on claims execute function refuse_truncate();
create trigger no_truncate before truncate on corroborations execute function refuse_truncate();

create table milestones (
    name text primary key,
    reached_at timestamptz not null default now()
);

-- ---------------------------------------------------------------- links per claim and stance
-- Kept beside the claims, not in them: a claim's row, its version and its indexes stay as they are when a link comes or goes.

create table claim_counts (
    claim_id uuid primary key references claims (id) on delete cascade,
    supports int not null check (supports >= 0),
    contradicts int not null check (contradicts >= 0),
    reports int not null check (reports >= 0),
    denies int not null check (denies >= 0),
    mentions int not null check (mentions >= 0)
) with (fillfactor = 70);
create index ix_claim_counts_supports on claim_counts (supports) where supports > 0;
create index ix_claim_counts_contradicts on claim_counts (contradicts) where contradicts > 0;
create index ix_claim_counts_reports on claim_counts (reports) where reports > 0;
create index ix_claim_counts_denies on claim_counts (denies) where denies > 0;
create index ix_claim_counts_mentions on claim_counts (mentions) where mentions > 0;

create function count_inserted_links() returns trigger language plpgsql as $$
begin
    -- In the order of the claims' ids, so that two writers wait for each other and never in a circle.
    insert into claim_counts as n (claim_id, supports, contradicts, reports, denies, mentions)
    select claim_id, count(*) filter (where stance = 'supports'), count(*) filter (where stance = 'contradicts'),
        count(*) filter (where stance = 'reports'), count(*) filter (where stance = 'denies'), count(*) filter (where stance = 'mentions')
    from inserted where live group by claim_id order by claim_id
    on conflict (claim_id) do update set
        supports = n.supports + excluded.supports, contradicts = n.contradicts + excluded.contradicts,
        reports = n.reports + excluded.reports, denies = n.denies + excluded.denies, mentions = n.mentions + excluded.mentions;
    return null;
end $$;

create function count_updated_links() returns trigger language plpgsql as $$
declare
    moved record;
begin
    for moved in
        with net as (
            select claim_id, stance, sum(d) as d
            from (select claim_id, stance, 1 as d from after_change where live
                  union all select claim_id, stance, -1 from before_change where live) links
            group by claim_id, stance having sum(d) <> 0)
        select claim_id, coalesce(sum(d) filter (where stance = 'supports'), 0) as supports,
            coalesce(sum(d) filter (where stance = 'contradicts'), 0) as contradicts,
            coalesce(sum(d) filter (where stance = 'reports'), 0) as reports,
            coalesce(sum(d) filter (where stance = 'denies'), 0) as denies,
            coalesce(sum(d) filter (where stance = 'mentions'), 0) as mentions
        from net group by claim_id order by claim_id
    loop
        insert into claim_counts values (moved.claim_id, 0, 0, 0, 0, 0) on conflict do nothing;
        update claim_counts n set
            supports = n.supports + moved.supports, contradicts = n.contradicts + moved.contradicts,
            reports = n.reports + moved.reports, denies = n.denies + moved.denies, mentions = n.mentions + moved.mentions
        where n.claim_id = moved.claim_id;
    end loop;
    return null;
end $$;

create function count_deleted_links() returns trigger language plpgsql as $$
declare
    gone record;
begin
    for gone in
        select claim_id, count(*) filter (where stance = 'supports') as supports, count(*) filter (where stance = 'contradicts') as contradicts,
            count(*) filter (where stance = 'reports') as reports, count(*) filter (where stance = 'denies') as denies,
            count(*) filter (where stance = 'mentions') as mentions
        from deleted where live group by claim_id order by claim_id
    loop
        update claim_counts n set
            supports = n.supports - gone.supports, contradicts = n.contradicts - gone.contradicts,
            reports = n.reports - gone.reports, denies = n.denies - gone.denies,
            mentions = n.mentions - gone.mentions
        where n.claim_id = gone.claim_id;
    end loop;
    return null;
end $$;

create trigger links_inserted after insert on corroborations
    referencing new table as inserted for each statement execute function count_inserted_links();
create trigger links_updated after update on corroborations
    referencing old table as before_change new table as after_change for each statement execute function count_updated_links();
create trigger links_deleted after delete on corroborations
    referencing old table as deleted for each statement execute function count_deleted_links();

-- ---------------------------------------------------------------- no cycle through parents and owners
-- Runs after the foreign keys, so it sees at least what they saw. An update first takes a lock that only such updates take, then looks:
-- two parents set at once, each to the other, wait for one another. A row just inserted cannot yet be anybody's parent elsewhere.

create function refuse_source_cycle() returns trigger language plpgsql as $$
declare
    reached boolean;
    path uuid[];
    frontier uuid[];
    next_frontier uuid[];
    came_from jsonb := '{}';
    step record;
    at uuid;
begin
    if tg_op = 'UPDATE' then
        if current_setting('transaction_isolation') <> 'read committed' then
            raise exception using errcode = 'feature_not_supported',
                message = 'parents and owners change under READ COMMITTED only: an older snapshot does not show what others have set';
        end if;
        perform pg_advisory_xact_lock(7363, 1);
    end if;

    with recursive ancestors(id) as (
        select a from unnest(array[new.parent_id, new.owner_id]) a where a is not null
        union
        select a from ancestors join sources s on s.id = ancestors.id, unnest(array[s.parent_id, s.owner_id]) a where a is not null
    )
    select exists (select from ancestors where id = new.id) into reached;
    if not reached then
        return null;
    end if;

    -- The shortest cycle, breadth first, for the message.
    frontier := array[new.id];
    loop
        next_frontier := '{}';
        for step in
            select s.id as child, a as parent from sources s, unnest(array[s.parent_id, s.owner_id]) a
            where s.id = any (frontier) and a is not null order by a
        loop
            if step.parent = new.id then
                at := step.child;
                path := array[at];
                while at <> new.id loop
                    at := (came_from ->> at::text)::uuid;
                    path := at || path;
                end loop;
                -- The ids stand in the message: Npgsql blots out the detail.
                raise exception using errcode = 'STC01', message = 'a source would be its own parent or owner: ' || array_to_string(path, ',');
            end if;
            if not came_from ? step.parent::text then
                came_from := came_from || jsonb_build_object(step.parent::text, step.child);
                next_frontier := next_frontier || step.parent;
            end if;
        end loop;
        frontier := next_frontier;
    end loop;
end $$;

create trigger zz_no_cycle_inserted after insert on sources
    for each row when (new.live and (new.parent_id is not null or new.owner_id is not null)) execute function refuse_source_cycle();
create trigger zz_no_cycle_updated after update of parent_id, owner_id, deleted_at on sources
    for each row when (new.live and (new.parent_id is not null or new.owner_id is not null)
        and (old.parent_id is distinct from new.parent_id or old.owner_id is distinct from new.owner_id or old.live is distinct from new.live))
    execute function refuse_source_cycle();
