using System.CommandLine;
using System.Globalization;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Cli.Archives;

/// <summary>What the commands that decide archived decisions again read: archives, a range of time, and the policies and models that decided then.</summary>
internal sealed class ArchiveInput
{
    /// <summary>Folders of archives.</summary>
    public Option<string[]> Archives { get; } = new("--archive")
    {
        Description = "Folder of the decision archive; once for each instance of the service.",
        Required = true,
    };

    /// <summary>Policies that decided then.</summary>
    public Option<string[]> Policies { get; } = new("--policies")
    {
        Description = "Policies that decided then: files, or the service's policy directory. The shipped one is known.",
        DefaultValueFactory = static _ => [],
    };

    /// <summary>Where the models lie that they name.</summary>
    public Option<string> Models { get; } = new("--models")
    {
        Description = "Folder of the model files that policies name. The shipped one is known.",
        DefaultValueFactory = static _ => new ModelOptions().Directory,
    };

    /// <summary>The first moment.</summary>
    public Option<string?> From { get; } = Moment("--from", "The first moment, such as 2026-11-20 or 2026-11-20T08:00:00Z; left out: the archive's.");

    /// <summary>The moment behind the last.</summary>
    public Option<string?> To { get; } = Moment("--to", "The moment behind the last; left out: the archive's end.");

    /// <summary>Reads the policies; those that cannot be used are in <see cref="KnownPolicies.Faults"/>.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be read.</exception>
    /// <exception cref="InvalidDataException">A version is not what was published.</exception>
    public KnownPolicies ReadPolicies(ParseResult parsed)
    {
        var known = new KnownPolicies(new ModelLibrary(new ModelOptions { Directory = parsed.GetRequiredValue(Models) }));
        foreach (var path in parsed.GetValue(Policies)!)
        {
            known.AddPath(path);
        }

        return known;
    }

    /// <summary>Reads a moment: a date without a time is its midnight, and a time without a zone is UTC, as the archive's folders are.</summary>
    public static DateTimeOffset? MomentOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : null;

    private static Option<string?> Moment(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && MomentOf(result.Tokens[0].Value) is null)
            {
                result.AddError($"{name}: a date or a time in ISO 8601 is expected.");
            }
        });
        return option;
    }
}
