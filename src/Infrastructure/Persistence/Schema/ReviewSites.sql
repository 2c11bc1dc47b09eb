-- The site on which a review stands, by which Google's API filters: the host in lower case without "www.". Letters beyond ASCII stand as they were given.

create function url_site(url text) returns text
language sql immutable strict parallel safe
return nullif(regexp_replace(lower(substring(url from '^[Hh][Tt][Tt][Pp][Ss]?://(?:[^/?#@]*@)?([^/?#:]+)')), '^www[.]', ''), '');

alter table reviews add site text generated always as (url_site(url)) stored;
create index ix_reviews_site on reviews (md5(site)) include (claim_id) where live and site is not null;
create index ix_sources_site on sources (md5(url_site(url))) where live and url is not null;
create index ix_reviews_nowhere on reviews (publisher_id) where live and url is null;
