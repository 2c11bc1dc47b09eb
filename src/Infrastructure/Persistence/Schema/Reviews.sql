-- Published fact-checks of claims. The promises are those of Integrity.sql, where "live" and the functions are from.

alter table reviews
    add live boolean generated always as (case when deleted_at is null then true end) stored,
    add reviewed_first timestamptz generated always as (partial_date_first(reviewed_at)) stored,
    add constraint uq_reviews_live unique (id, live);

alter table reviews
    add constraint fk_reviews_claim foreign key (claim_id, live) references claims (id, live),
    add constraint fk_reviews_publisher foreign key (publisher_id, live) references sources (id, live);

-- What the API's numbers hold: 28 digits behind the point, and no more than 96 bits of them in all.
create function rating_fits(rating numeric) returns boolean
language sql immutable strict parallel safe
return abs(rating) < 79228162514264337593543950336 and scale(rating) <= 28
    and abs(rating) * 10::numeric ^ scale(rating) < 79228162514264337593543950336;

alter table reviews
    add constraint ck_reviews_version check (version >= 1),
    add constraint ck_reviews_url check (char_length(url) <= 2000 and url ~* '^https?://'),
    add constraint ck_reviews_title check (char_length(title) <= 10000),
    add constraint ck_reviews_reviewed_at check (is_partial_date(reviewed_at)),
    add constraint ck_reviews_language check (char_length(language) between 2 and 35),
    add constraint ck_reviews_textual_rating check (char_length(textual_rating) between 1 and 10000 and textual_rating ~ '[^[:space:]]'),
    add constraint ck_reviews_ratings check (rating_fits(rating_value) and rating_fits(best_rating) and rating_fits(worst_rating)),
    add constraint ck_reviews_rating_explanation check (char_length(rating_explanation) <= 10000),
    add constraint ck_reviews_verdict check (verdict in ('true', 'mostly-true', 'mixed', 'mostly-false', 'false', 'unproven', 'other')),
    add constraint ck_reviews_tags check (texts_fit(tags, 100, 100)),
    add constraint ck_reviews_external_ids check (external_ids_fit(external_ids));

-- The same review twice is one. The key of its address stands for it, and what has no address counts as at one place.
create unique index uq_reviews_review on reviews (claim_id, publisher_id, url_keys) where live;

create trigger version_rises after update on reviews
    for each row when (new.version <> old.version + 1) execute function refuse_version();
create trigger reviews_external_ids_inserted after insert on reviews
    for each row when (new.external_ids <> '[]') execute function follow_external_ids('review');
create trigger reviews_external_ids_updated after update of external_ids, deleted_at on reviews
    for each row when (old.external_ids is distinct from new.external_ids or old.deleted_at is distinct from new.deleted_at)
    execute function follow_external_ids('review');
create trigger reviews_external_ids_deleted after delete on reviews
    for each row when (old.external_ids <> '[]') execute function follow_external_ids('review');
create trigger no_truncate before truncate on reviews execute function refuse_truncate();

-- One for each sort and for each filter. Claims are found by their reviews through the claim's, or from the verdict's.
create index ix_reviews_created on reviews (created_at, id) where live;
create index ix_reviews_updated on reviews (updated_at, id) where live;
create index ix_reviews_reviewed_asc on reviews ((coalesce(reviewed_first, 'infinity')), id) where live;
create index ix_reviews_reviewed_desc on reviews ((coalesce(reviewed_first, '-infinity')), id) where live;
create index ix_reviews_claim on reviews (claim_id, live, created_at, id);
create index ix_reviews_publisher on reviews (publisher_id, live, created_at, id);
create index ix_reviews_verdict on reviews (verdict, created_at, id) include (claim_id) where live;
create index ix_reviews_language on reviews (lower(language), created_at, id) where live and language is not null;
create index ix_reviews_created_by on reviews (created_by, created_at, id) where live;
create index ix_reviews_tags on reviews using gin (tags);
create index ix_reviews_url_keys on reviews using gin (url_keys);
create index ix_reviews_timeline on reviews (claim_id, reviewed_first, (partial_date_last(reviewed_at)), id) where live and reviewed_first is not null;
create index ix_reviews_undated on reviews (claim_id, id) where live and reviewed_first is null;
