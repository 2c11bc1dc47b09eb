-- Answers to requests with an Idempotency-Key, written in the transaction of the write that they tell of. Requests under one key take turns by an
-- advisory lock of 64 bits of its hash, a space that Stemma's other locks (7363, …) do not share.
create table idempotency_keys (
    key_hash bytea primary key check (octet_length(key_hash) = 32),
    request_hash bytea not null check (octet_length(request_hash) = 32),
    kept_at timestamptz not null,
    status smallint not null,
    content_type text,
    location text,
    etag text,
    link text,
    body bytea not null
);

create index ix_idempotency_keys_kept_at on idempotency_keys (kept_at);
