using System.Diagnostics;
using Microsoft.Playwright;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>Debian's Chromium, driven by Playwright; one for all tests. With DASHBOARD_SCREENSHOTS set to a folder, pictures are written there.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    // What reaches beyond the screen, unless it lies in a frame that scrolls.
    private const string Beyond =
        """
        (() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return '';
          const beyond = [...document.querySelectorAll('body *')].filter(element => element.getBoundingClientRect().right > width + 1 && !element.closest('.table-frame *'));
          return `${document.documentElement.scrollWidth} > ${width} ` + beyond.slice(0, 6).map(element => `${element.tagName}.${element.className}`).join(' ');
        })()
        """;

    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("DASHBOARD_SCREENSHOTS");
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    private IPlaywright _playwright = null!;

    /// <summary>The browser.</summary>
    public IBrowser Chromium { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)Patience.Limit.TotalMilliseconds);
        Chromium = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,

            // Chromium's sandbox does not start as root; the pages are this very service's.
            Args = Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [],
        });
    }

    /// <summary>Somebody without cookies on a dashboard. What the tests wait for comes within <see cref="Patience.Limit"/>.</summary>
    public async Task<IBrowserContext> VisitAsync(Uri dashboard)
    {
        var context = await Chromium.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = dashboard.AbsoluteUri,
            Locale = "en-GB",
            TimezoneId = "Asia/Shanghai",
            ColorScheme = ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = 1280, Height = 860 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        return context;
    }

    /// <summary>What reaches beyond the screen; empty: nothing. The drawer slides, and charts are drawn anew, after the size of the window has changed.</summary>
    public static async Task<string> BeyondScreenAsync(IPage page)
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(100)))
        {
            var beyond = await page.EvaluateAsync<string>(Beyond);
            if (beyond.Length == 0 || since.Elapsed > Settling)
            {
                return beyond;
            }
        }
    }

    /// <summary>Takes a picture of the page that is open, if pictures are wanted.</summary>
    public static async Task ShootAsync(IPage page, string name, bool fullPage)
    {
        if (Screenshots is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = fullPage });
        }
    }

    public async Task DisposeAsync()
    {
        await Chromium.DisposeAsync();
        _playwright.Dispose();
    }
}

[CollectionDefinition(nameof(BrowserCollection))]
public sealed class BrowserCollection : ICollectionFixture<Browser>;
