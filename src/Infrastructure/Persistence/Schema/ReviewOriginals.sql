-- A review as its publisher gave it. As text, so that it comes back in the order and the spelling in which it came.
alter table reviews add constraint ck_reviews_original check (json_typeof(original) = 'object');
