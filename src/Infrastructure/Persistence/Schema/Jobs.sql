-- Files that are imported later than they are sent. What an instance has begun and does not finish another takes up: whoever has a job renews its lease, and
-- an import stands only if its job is still its own when it commits, for both happen in one transaction.
create table import_jobs (
    id uuid primary key,
    state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    media_type text not null,
    is_packed boolean not null,
    parameters jsonb not null,
    length bigint not null,
    created_at timestamptz not null,
    created_by text not null,
    key_hash bytea unique check (octet_length(key_hash) = 32),
    request_hash bytea check (octet_length(request_hash) = 32),
    started_at timestamptz,
    finished_at timestamptz,
    attempts int not null default 0,
    runner uuid,
    lease_until timestamptz,
    rows_read bigint not null default 0,
    rows_failed bigint not null default 0,
    rows_created bigint not null default 0,
    rows_updated bigint not null default 0,
    rows_to_write bigint,
    share double precision not null default 0 check (share between 0 and 1),
    report jsonb,
    status int,
    detail text,
    check ((state in ('queued', 'running')) = (finished_at is null)),
    check ((state = 'running') = (runner is not null and lease_until is not null))
);

create index ix_import_jobs_open on import_jobs (id) where finished_at is null;
create index ix_import_jobs_finished_at on import_jobs (finished_at) where finished_at is not null;

-- The file, in the order of its parts; gone when the job is finished.
create table import_job_files (
    job_id uuid not null references import_jobs on delete cascade,
    part int not null,
    bytes bytea not null,
    primary key (job_id, part)
);
alter table import_job_files alter column bytes set storage external;

-- Faults, one JSON object a line, of each attempt.
create table import_job_faults (
    job_id uuid not null references import_jobs on delete cascade,
    attempt int not null,
    part int not null,
    lines bytea not null,
    primary key (job_id, attempt, part)
);
