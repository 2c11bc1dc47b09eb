-- Which source repeats which, and how claims stand to each other. The promises are those of Integrity.sql, where "live" and the functions are from.

-- ---------------------------------------------------------------- living and deleted

alter table derivations
    add live boolean generated always as (case when deleted_at is null then true end) stored,
    add constraint uq_derivations_live unique (id, live);

alter table claim_relations
    add live boolean generated always as (case when deleted_at is null then true end) stored,
    add constraint uq_claim_relations_live unique (id, live);

alter table derivations
    add constraint fk_derivations_from foreign key (from_id, live) references sources (id, live),
    add constraint fk_derivations_to foreign key (to_id, live) references sources (id, live);

alter table claim_relations
    add constraint fk_claim_relations_from foreign key (from_id, live) references claims (id, live),
    add constraint fk_claim_relations_to foreign key (to_id, live) references claims (id, live);

-- ---------------------------------------------------------------- checks

alter table derivations
    add constraint ck_derivations_version check (version >= 1),
    add constraint ck_derivations_ends check (from_id <> to_id),
    add constraint ck_derivations_relation check (relation in ('quotes', 'cites', 'republishes', 'translates', 'derived-from', 'same-wire')),
    add constraint ck_derivations_basis check (basis in ('declared', 'inferred')),
    add constraint ck_derivations_note check (char_length(note) <= 10000),
    add constraint ck_derivations_tags check (texts_fit(tags, 100, 100)),
    add constraint ck_derivations_external_ids check (external_ids_fit(external_ids));

alter table claim_relations
    add constraint ck_claim_relations_version check (version >= 1),
    add constraint ck_claim_relations_ends check (from_id <> to_id),
    add constraint ck_claim_relations_kind check (kind in ('contradicts', 'equivalent', 'entails', 'refines', 'updates', 'supersedes')),
    add constraint ck_claim_relations_scope_difference check (scope_difference in ('none', 'date', 'metric', 'geography', 'definition')),
    add constraint ck_claim_relations_note check (char_length(note) <= 10000),
    add constraint ck_claim_relations_tags check (texts_fit(tags, 100, 100)),
    add constraint ck_claim_relations_external_ids check (external_ids_fit(external_ids));

-- ---------------------------------------------------------------- uniqueness
-- What is the same either way round is kept as written, and is one: the lesser end counts as the first.

create unique index uq_derivations_relation on derivations (
    (case when relation = 'same-wire' then least(from_id, to_id) else from_id end),
    (case when relation = 'same-wire' then greatest(from_id, to_id) else to_id end), relation) where live;
create unique index uq_claim_relations_relation on claim_relations (
    (case when kind in ('contradicts', 'equivalent') then least(from_id, to_id) else from_id end),
    (case when kind in ('contradicts', 'equivalent') then greatest(from_id, to_id) else to_id end), kind) where live;

-- ---------------------------------------------------------------- versions, external ids, truncation

create trigger version_rises after update on derivations
    for each row when (new.version <> old.version + 1) execute function refuse_version();
create trigger derivations_external_ids_inserted after insert on derivations
    for each row when (new.external_ids <> '[]') execute function follow_external_ids('derivation');
create trigger derivations_external_ids_updated after update of external_ids, deleted_at on derivations
    for each row when (old.external_ids is distinct from new.external_ids or old.deleted_at is distinct from new.deleted_at)
    execute function follow_external_ids('derivation');
create trigger derivations_external_ids_deleted after delete on derivations
    for each row when (old.external_ids <> '[]') execute function follow_external_ids('derivation');
create trigger no_truncate before truncate on derivations execute function refuse_truncate();

create trigger version_rises after update on claim_relations
    for each row when (new.version <> old.version + 1) execute function refuse_version();
create trigger claim_relations_external_ids_inserted after insert on claim_relations
    for each row when (new.external_ids <> '[]') execute function follow_external_ids('claim-relation');
create trigger claim_relations_external_ids_updated after update of external_ids, deleted_at on claim_relations
    for each row when (old.external_ids is distinct from new.external_ids or old.deleted_at is distinct from new.deleted_at)
    execute function follow_external_ids('claim-relation');
create trigger claim_relations_external_ids_deleted after delete on claim_relations
    for each row when (old.external_ids <> '[]') execute function follow_external_ids('claim-relation');
create trigger no_truncate before truncate on claim_relations execute function refuse_truncate();

-- ---------------------------------------------------------------- indexes: one for each sort and for each filter
-- Those of the two ends serve their foreign keys and, both together, the filter for either.

create index ix_derivations_created on derivations (created_at, id) where live;
create index ix_derivations_updated on derivations (updated_at, id) where live;
create index ix_derivations_from on derivations (from_id, live, created_at, id);
create index ix_derivations_to on derivations (to_id, live, created_at, id);
create index ix_derivations_relation on derivations (relation, created_at, id) where live;
create index ix_derivations_basis on derivations (basis, created_at, id) where live;
create index ix_derivations_created_by on derivations (created_by, created_at, id) where live;
create index ix_derivations_tags on derivations using gin (tags);

create index ix_claim_relations_created on claim_relations (created_at, id) where live;
create index ix_claim_relations_updated on claim_relations (updated_at, id) where live;
create index ix_claim_relations_from on claim_relations (from_id, live, created_at, id);
create index ix_claim_relations_to on claim_relations (to_id, live, created_at, id);
create index ix_claim_relations_kind on claim_relations (kind, created_at, id) where live;
create index ix_claim_relations_scope_difference on claim_relations (scope_difference, created_at, id) where live;
create index ix_claim_relations_created_by on claim_relations (created_by, created_at, id) where live;
create index ix_claim_relations_tags on claim_relations using gin (tags);
