using System.Globalization;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>People, and among them a gang: fifteen registrations on three rooted phones behind one access point.</summary>
internal static class GangTraffic
{
    public const int People = 24;
    public const int Registrations = 15;
    public const int Phones = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Settings of a service that records decisions, and decides by the policy that ships.</summary>
    public static string[] Settings(string folder) =>
    [
        $"--Antifraud:Archive:Directory={Path.Combine(folder, "archive")}",
        "--Antifraud:Archive:FlushInterval=00:00:01",
        "--Antifraud:Policy:Path=",
    ];

    /// <summary>Has all of it scored, and waits until the archive has it.</summary>
    /// <returns>The accounts of the gang.</returns>
    public static async Task<IReadOnlyList<string>> SendAsync(V1.Antifraud.AntifraudClient client, DecisionArchive archive)
    {
        for (var person = 0; person < People; person++)
        {
            var request = Requests.Event(Requests.NewDevice(), Requests.NewAccount(), (Scene)(2 + (person % 7)));
            request.ClientIp = string.Create(CultureInfo.InvariantCulture, $"198.51.{person}.9");
            await client.ScoreAsync(request);
        }

        var phones = Enumerable.Range(0, Phones).Select(static _ => Requests.NewDevice()).ToList();
        var accounts = Enumerable.Range(0, Registrations).Select(static _ => Requests.NewAccount()).ToList();
        for (var i = 0; i < Registrations; i++)
        {
            await client.ScoreAsync(Registration(phones[i % Phones], accounts[i]));
        }

        var since = System.Diagnostics.Stopwatch.StartNew();
        while ((await NewestAsync(archive)).Count < People + Registrations)
        {
            Assert.True(since.Elapsed < Patience, "The archive does not have the decisions.");
            await Task.Delay(100);
        }

        return accounts;
    }

    /// <summary>The decisions of the last hour.</summary>
    public static async Task<IReadOnlyList<DecisionRow>> NewestAsync(DecisionArchive archive)
    {
        var now = TimeProvider.System.GetUtcNow();
        var answer = await archive.SearchAsync(new DecisionFilter { From = now.AddHours(-1), To = now.AddHours(1) }, 500, after: null, CancellationToken.None);
        return answer.Value.Rows;
    }

    private static ScoreRequest Registration(string phone, string account)
    {
        var request = Requests.Event(phone, account, Scene.Register);
        request.ClientIp = "203.0.113.77";
        request.Consent.Granted.Add(ConsentCategory.NetworkIdentifiers);
        request.Consent.Granted.Add(ConsentCategory.Software);
        request.Device.Bssid = "d8:0d:17:5a:31:0c";
        request.Device.Software.Add("com.topjohnwu.magisk");
        return request;
    }
}
