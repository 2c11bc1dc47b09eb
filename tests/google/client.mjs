// Google's client, with nothing changed but the address.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { factchecktools } from '@googleapis/factchecktools';

const url = process.argv[2];
const unique = `g${randomUUID().replaceAll('-', '').slice(0, 12)}`;
const site = `${unique}.example`;

const review = (number) => ({
  '@context': 'https://schema.org',
  '@type': 'ClaimReview',
  url: `https://www.${site}/checks/${number}`,
  name: `Check ${number}: was it so?`,
  inLanguage: number % 2 === 0 ? 'en-US' : 'pt-BR',
  datePublished: '2024-05-16',
  claimReviewed: `Bridge ${number} of ${unique} was closed for a year.`,
  author: { '@type': 'Organization', name: `Checkers of ${unique}`, url: `https://${site}/` },
  reviewRating: { '@type': 'Rating', alternateName: 'Mostly false' },
  itemReviewed: { '@type': 'Claim', author: { '@type': 'Person', name: `Mayor of ${unique}` }, datePublished: '2024-05' },
});

const entered = await fetch(`${url}/api/v1/imports`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/ld+json' },
  body: JSON.stringify(Array.from({ length: 7 }, (_, i) => review(i + 1))),
});
assert.equal(entered.status, 200, await entered.clone().text());

const client = factchecktools({ version: 'v1alpha1', auth: 'any-key', rootUrl: `${url}/` });

const { data: one } = await client.claims.search({ query: `bridge 2 ${unique}`, languageCode: 'en' });
assert.deepEqual(one, {
  claims: [
    {
      text: `Bridge 2 of ${unique} was closed for a year.`,
      claimant: `Mayor of ${unique}`,
      claimDate: '2024-05-01T00:00:00Z',
      claimReview: [
        {
          publisher: { name: `Checkers of ${unique}`, site },
          url: `https://www.${site}/checks/2`,
          title: 'Check 2: was it so?',
          reviewDate: '2024-05-16T00:00:00Z',
          textualRating: 'Mostly false',
          languageCode: 'en-US',
        },
      ],
    },
  ],
});

const texts = [];
let pageToken;
let pages = 0;
do {
  const { data } = await client.claims.search({ reviewPublisherSiteFilter: site, pageSize: 3, pageToken });
  texts.push(...data.claims.map((claim) => claim.text));
  pageToken = data.nextPageToken;
  pages++;
} while (pageToken);
assert.equal(pages, 3);
assert.equal(new Set(texts).size, 7);

const { data: rest } = await client.claims.search({ reviewPublisherSiteFilter: site, offset: 5 });
assert.deepEqual(rest.claims.map((claim) => claim.text), texts.slice(5));

const { data: none } = await client.claims.search({ query: unique, languageCode: 'de' });
assert.deepEqual(none, {});

await assert.rejects(client.claims.search({ languageCode: 'en' }), (error) => {
  assert.equal(error.status ?? error.code, 400);
  assert.match(error.message, /query: It is required/);
  assert.equal(error.response.data.error.status, 'INVALID_ARGUMENT');
  return true;
});

console.log("Google's client: searched, paged and refused as it should be.");
