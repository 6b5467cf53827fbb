using System.Globalization;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake.Similarity;

/// <summary>Software lists of people and of farms.</summary>
internal static class SoftwareLists
{
    // The first 100 are those that the table of common software leaves out.
    private const int Catalogue = 20_000;
    private const int Common = 100;

    /// <summary>Names that are on no list of common software.</summary>
    public static string[] Uncommon(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(static number => string.Create(CultureInfo.InvariantCulture, $"com.example.app{number}"))];

    /// <summary>
    /// Uncommon apps of one person: each app of the catalogue with the probability of its rank (Zipf), and some of the apps of the
    /// place where the person works or studies.
    /// </summary>
    /// <param name="random">Chance.</param>
    /// <param name="place">Number of the place.</param>
    /// <param name="appsOfPlace">Apps that everybody there has.</param>
    /// <param name="popularity">The app of rank n is on popularity ÷ n of all phones. With 4, rank 100 is on one of 25.</param>
    public static HashSet<int> Person(Random random, int place, int appsOfPlace, double popularity)
    {
        var apps = new HashSet<int>();
        for (var rank = Common + 1; rank <= Catalogue; rank++)
        {
            if (random.NextDouble() < popularity / rank)
            {
                apps.Add(rank);
            }
        }

        for (var app = 0; app < appsOfPlace; app++)
        {
            apps.Add(Catalogue + (place * 100) + app);
        }

        return apps;
    }

    /// <summary>An event of one model, build and version with these names.</summary>
    public static ScoreRequest Event(IEnumerable<string> software) => new()
    {
        EventId = "event",
        Scene = Scene.Register,
        Consent = new Consent { Granted = { FullRequest.AllCategories() } },
        Device = new DeviceSignals
        {
            Platform = Platform.Android,
            Model = "PJZ110",
            OsBuild = "UKQ1.230924.001",
            AppVersion = "7.3.1",
            Software = { software },
        },
    };
}
