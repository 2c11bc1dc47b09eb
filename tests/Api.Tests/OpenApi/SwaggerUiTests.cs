using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Stemma.Api.Tests.Assessments;
using Xunit;

namespace Stemma.Api.Tests.OpenApi;

/// <summary>
/// Swagger UI as somebody sees it who opens the root in a browser: reads, tries an operation out, and gets an answer. Needs a Chromium on the
/// PATH, or at <c>STEMMA_CHROMIUM</c>; with <c>STEMMA_SCREENSHOTS</c> set to a folder, it leaves pictures there.
/// </summary>
public sealed class SwaggerUiTests(StemmaApi api)
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    [Fact]
    public async Task A_claim_is_created_and_read_in_the_browser()
    {
        var profile = Directory.CreateTempSubdirectory("stemma-ui-");
        try
        {
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchPersistentContextAsync(profile.FullName, new()
            {
                ExecutablePath = FindChromium(),
                Headless = true,
                Args = Arguments,
                ViewportSize = new() { Width = 1280, Height = 1000 },
            });
            var requests = new ConcurrentBag<string>();
            var errors = new ConcurrentBag<string>();
            browser.Request += (_, request) => requests.Add(request.Url);
            var page = await browser.NewPageAsync();
            page.PageError += (_, error) => errors.Add(error);
            page.Console += (_, message) =>
            {
                if (message.Type == "error")
                {
                    errors.Add(message.Text);
                }
            };

            await page.GotoAsync(api.Client.BaseAddress!.ToString());
            await page.Locator("#operations-Claims-createClaim").WaitForAsync();
            Assert.Equal("/swagger/index.html", new Uri(page.Url).AbsolutePath);
            Assert.Equal("Stemma", await page.TitleAsync());
            await Picture(page, "1-overview");

            var created = await Try(page, "Claims", "createClaim", null);
            await Picture(page, "2-created");
            Assert.Equal("201", created.Status);
            var id = (string)created.Body["id"]!;

            var found = await Try(page, "Claims", "getClaim", id);
            await Picture(page, "3-found");
            Assert.Equal("200", found.Status);
            Assert.Equal(id, (string)found.Body["id"]!);
            Assert.Equal((string)created.Body["text"]!, (string)found.Body["text"]!);

            var listed = await Try(page, "Claims", "listClaims", null);
            await Picture(page, "4-listed");
            Assert.Equal("200", listed.Status);
            Assert.NotEmpty(listed.Body["items"]!.AsArray());

            var patched = await Try(page, "Claims", "patchClaim", id);
            Assert.Equal("200", patched.Status);
            Assert.Equal("assessed", (string)patched.Body["status"]!);

            // As the page offers them: lines as lines, and of a form one field of the two.
            Assert.Equal("200", (await Try(page, "Imports", "importFile", null)).Status);
            Assert.Equal("200", (await Try(page, "Reconciliation", "reconcile", null)).Status);

            if (GraphTests.HasGraphviz)
            {
                Assert.True(await PictureWidth(page, id) > 100, "There is no picture in the page.");
                await Picture(page, "6-graph");
            }

            await page.GotoAsync(new Uri(api.Client.BaseAddress, "/swagger/index.html#/Corroborations/createCorroboration").ToString());
            await page.ReloadAsync();
            await page.Locator("#operations-Corroborations-createCorroboration .responses-table").First.WaitForAsync();
            await Picture(page, "5-deep-link", whole: true);

            var origin = api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + "/";
            Assert.NotEmpty(requests);
            Assert.All(requests, url => Assert.True(
                url.StartsWith(origin, StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal),
                $"A request leaves the server: {url}"));
            Assert.Empty(errors);
            await api.Send(HttpMethod.Delete, $"/api/v1/claims/{id}");
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }

    /// <summary>Opens an operation, tries it out as it stands there, with another id if one is given, and reads the answer off the page.</summary>
    private static async Task<(string Status, JsonNode Body)> Try(IPage page, string tag, string operation, string? id)
    {
        var block = page.Locator($"#operations-{tag}-{operation}");
        await block.Locator(".opblock-summary-control").ClickAsync();
        await block.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        if (id is not null)
        {
            await block.Locator("tr[data-param-name=id] input").FillAsync(id);
        }

        await block.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        var answer = block.Locator(".live-responses-table tbody tr.response").First;
        await answer.WaitForAsync();
        var status = (await answer.Locator(".response-col_status").InnerTextAsync()).Trim().Split('\n')[0];
        var body = await answer.Locator(".response-col_description .highlight-code code, .response-col_description pre.microlight").First.InnerTextAsync();
        return (status, JsonNode.Parse(body)!);
    }

    /// <summary>Asks for a claim's graph as SVG, and gives the width of the picture that the page shows.</summary>
    private static async Task<int> PictureWidth(IPage page, string id)
    {
        var block = page.Locator("#operations-Assessment-getClaimGraph");
        await block.Locator(".opblock-summary-control").ClickAsync();
        await block.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await block.Locator("tr[data-param-name=id] input").FillAsync(id);
        await block.Locator("select.content-type").First.SelectOptionAsync("image/svg+xml");
        await block.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        var picture = block.Locator(".live-responses-table img");
        await picture.WaitForAsync();
        return await picture.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)");
    }

    private static async Task Picture(IPage page, string name, bool whole = false)
    {
        if (Environment.GetEnvironmentVariable("STEMMA_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = whole });
        }
    }

    private static string FindChromium()
    {
        if (Environment.GetEnvironmentVariable("STEMMA_CHROMIUM") is { Length: > 0 } given)
        {
            return given;
        }

        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        if (found is null)
        {
            const string message = "There is no Chromium on the PATH, and STEMMA_CHROMIUM names none: Swagger UI is not tried.";
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", message);
            Assert.Fail(message);
        }

        return found;
    }
}
