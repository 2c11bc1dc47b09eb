-- One index for each sort and for each filter that lists offer; with an equality filter the default order comes out of the same index.
-- Rows without a sort value come last in either direction, so each direction has an index of its own over a value that stands in.

create index ix_sources_created on sources (created_at, id) where live;
create index ix_sources_updated on sources (updated_at, id) where live;
create index ix_sources_name on sources ((lower(name) collate "C"), id) where live;
create index ix_sources_published_asc on sources ((coalesce(published_first, 'infinity')), id) where live;
create index ix_sources_published_desc on sources ((coalesce(published_first, '-infinity')), id) where live;
create index ix_sources_kind on sources (kind, created_at, id) where live;
create index ix_sources_country on sources (country, created_at, id) where live;
create index ix_sources_language on sources (lower(language), created_at, id) where live;
create index ix_sources_reliability on sources (reliability, created_at, id) where live;
create index ix_sources_created_by on sources (created_by, created_at, id) where live;
create index ix_sources_parent on sources (parent_id, live, created_at, id) where parent_id is not null;
create index ix_sources_owner on sources (owner_id, live, created_at, id) where owner_id is not null;
create index ix_sources_content_hash on sources (content_hash) where content_hash is not null;
create index ix_sources_names on sources using gin (lower_all(aliases || name));
create index ix_sources_tags on sources using gin (tags);
create index ix_sources_url_keys on sources using gin (url_keys);

create index ix_claims_created on claims (created_at, id) where live;
create index ix_claims_updated on claims (updated_at, id) where live;
create index ix_claims_claimed_asc on claims ((coalesce(claimed_first, 'infinity')), id) where live;
create index ix_claims_claimed_desc on claims ((coalesce(claimed_first, '-infinity')), id) where live;
create index ix_claims_status on claims (status, created_at, id) where live;
create index ix_claims_kind on claims (kind, created_at, id) where live;
create index ix_claims_language on claims (lower(language), created_at, id) where live;
create index ix_claims_created_by on claims (created_by, created_at, id) where live;
create index ix_claims_claimant on claims (claimant_id, live, created_at, id) where claimant_id is not null;
create index ix_claims_plausible on claims (plausible, created_at, id) where live and plausible is not null;
create index ix_claims_place on claims (lower(place), created_at, id) where live and place is not null;
create index ix_claims_event on claims using gist (event_span) where event_span is not null;
create index ix_claims_quantities on claims using gin (quantities jsonb_path_ops);
create index ix_claims_tags on claims using gin (tags);
create index ix_claims_url_keys on claims using gin (url_keys);

create index ix_corroborations_created on corroborations (created_at, id) where live;
create index ix_corroborations_updated on corroborations (updated_at, id) where live;
create index ix_corroborations_published_asc on corroborations ((coalesce(published_first, 'infinity')), id) where live;
create index ix_corroborations_published_desc on corroborations ((coalesce(published_first, '-infinity')), id) where live;
create index ix_corroborations_claim on corroborations (claim_id, live, created_at, id);
create index ix_corroborations_source on corroborations (source_id, live, created_at, id);
create index ix_corroborations_cited_in on corroborations (cited_in_id, live, created_at, id) where cited_in_id is not null;
create index ix_corroborations_stance on corroborations (stance, created_at, id) where live;
create index ix_corroborations_directness on corroborations (directness, created_at, id) where live;
create index ix_corroborations_interest on corroborations (interest, created_at, id) where live;
create index ix_corroborations_credibility on corroborations (credibility, created_at, id) where live;
create index ix_corroborations_created_by on corroborations (created_by, created_at, id) where live;
create index ix_corroborations_tags on corroborations using gin (tags);
create index ix_corroborations_url_keys on corroborations using gin (url_keys);
