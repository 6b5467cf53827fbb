using KekeStar.Antifraud.Cli.Replaying;

namespace KekeStar.Antifraud.Cli.Samples;

/// <summary>
/// The shipped sample: 18 hours of seven groups that a policy must tell apart. The file is what <see cref="Lines"/>
/// gives; a test holds the two together.
/// </summary>
internal static class SampleTraffic
{
    /// <summary>People at home.</summary>
    public const string Normal = "normal users";

    /// <summary>People at home who refused every optional signal.</summary>
    public const string Refused = "refusing users";

    /// <summary>Students behind one access point.</summary>
    public const string Dormitory = "dormitory";

    /// <summary>Registrations in bulk.</summary>
    public const string Gang = "gang";

    /// <summary>A program that sends messages.</summary>
    public const string Bot = "bot";

    /// <summary>The owner of the account that is stolen later.</summary>
    public const string Owner = "account owner";

    /// <summary>Who steals it.</summary>
    public const string Thief = "stolen account";

    /// <summary>An hour in milliseconds.</summary>
    public const int Hour = 3_600_000;

    private const ulong Seed = 20_260_131;
    private const string Name = "sample-traffic.jsonl";

    /// <summary>Where the file lies: beside the program.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Samples", Name);

    /// <summary>The shipped file.</summary>
    public static ReplayFile File { get; } = new(() => System.IO.File.OpenRead(Path));

    /// <summary>Makes the lines of the file.</summary>
    public static IEnumerable<string> Lines()
    {
        var script = new SampleScript();
        var random = new SampleRandom(Seed);
        OrdinaryUsers.Tell(script, random);
        Samples.Dormitory.Tell(script, random);
        StolenAccount.Tell(script, random);
        RegistrationGang.Tell(script, random);
        MessageBot.Tell(script, random);
        return script.Lines();
    }
}
