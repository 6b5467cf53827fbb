using System.Text;
using System.Text.Json;
using KekeStar.Antifraud.Simulation.Motion;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Parameters;

/// <summary>All figures of a simulation, from one file (docs/simulation.md).</summary>
internal sealed class SimulationParameters
{
    /// <summary>Version of the file's form.</summary>
    internal const int Version = 1;

    /// <summary>Largest share of all events that the adversaries may have together.</summary>
    internal const double MostAbusive = 0.5;

    // Of fewer the analysis says little; programs' recordings are as long as people's, so that the length says nothing.
    private const int LeastMotionSamples = 16;

    private const string ShareName = "share";
    private const string UnseenName = "unseen";
    private const string DefaultResource = "default-parameters.json";

    private static readonly FigureSpec[] HabitSpecs =
    [
        FigureSpec.Share("mistypes"), FigureSpec.Share("manages_challenge"), FigureSpec.Share("sees_captcha"), FigureSpec.Share("finishes_registration"),
        FigureSpec.Share("phone_lies"), FigureSpec.Share("at_home"), FigureSpec.Share("joins_room"), FigureSpec.Share("sends_gift"),
        FigureSpec.Share("withdraws"), FigureSpec.Share("changes_credential"), FigureSpec.Share("records_motion"),
        new("motion_samples_least", LeastMotionSamples, PersonTraces.Samples), new("motion_samples_most", LeastMotionSamples, PersonTraces.Samples),
    ];

    private static readonly FigureSpec[] OutcomeSpecs =
    [
        .. ((string[])["login", "registration", "captcha", "harassment", "theft"]).SelectMany(static kind => (FigureSpec[])
        [
            FigureSpec.Share(kind + "_lost"), new(kind + "_median_seconds", 0, 30 * 86_400), new(kind + "_spread", 0, 5),
        ]),
    ];

    private SimulationParameters(FigureSet habits, FigureSet outcomes, IReadOnlyList<SourceParameters> segments, IReadOnlyList<SourceParameters> adversaries)
    {
        Habits = habits;
        Outcomes = outcomes;
        Segments = segments;
        Adversaries = adversaries;
    }

    /// <summary>What honest people do.</summary>
    internal FigureSet Habits { get; }

    /// <summary>How late and how incomplete outcomes are.</summary>
    internal FigureSet Outcomes { get; }

    /// <summary>The honest, in the order of the file; their shares sum to 1.</summary>
    internal IReadOnlyList<SourceParameters> Segments { get; }

    /// <summary>The adversaries, in the order of the file.</summary>
    internal IReadOnlyList<SourceParameters> Adversaries { get; }

    /// <summary>Share of the adversaries in all events.</summary>
    internal double AbusiveShare => Adversaries.Sum(static adversary => adversary.Share);

    /// <summary>The shipped parameters.</summary>
    internal static SimulationParameters Shipped()
    {
        using var stream = typeof(SimulationParameters).Assembly.GetManifestResourceStream(DefaultResource)!;
        using var text = new MemoryStream();
        stream.CopyTo(text);
        return Parse(text.ToArray());
    }

    /// <summary>Reads a file.</summary>
    /// <param name="text">UTF-8, with or without a byte order mark; comments are allowed.</param>
    /// <exception cref="ParameterException">Something is wrong; the message says where and what is allowed.</exception>
    internal static SimulationParameters Parse(ReadOnlyMemory<byte> text)
    {
        JsonDocument document;
        try
        {
            text = text.Span.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;
            document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException fault)
        {
            throw new ParameterException($"line {fault.LineNumber + 1}", "This is no JSON.");
        }

        using (document)
        {
            var root = ParameterReader.Root(document.RootElement);
            root.Expect("version", Version);
            var habits = root.Object("habits").Figures(HabitSpecs);
            var outcomes = root.Object("outcomes").Figures(OutcomeSpecs);
            var segments = Sources(root.Object("segments"), TrafficCatalogue.Segments, isAdversary: false);
            var adversaries = Sources(root.Object("adversaries"), TrafficCatalogue.Adversaries, isAdversary: true);
            root.ExpectNoOther();
            var honest = segments.Sum(static segment => segment.Share);
            if (Math.Abs(honest - 1) > 0.001)
            {
                throw new ParameterException("$.segments", FormattableString.Invariant($"The shares sum to {honest:0.####}; they must sum to 1."));
            }

            if (adversaries.Sum(static adversary => adversary.Share) > MostAbusive)
            {
                throw new ParameterException("$.adversaries", FormattableString.Invariant($"The shares sum to more than {MostAbusive:0.##}."));
            }

            return new SimulationParameters(habits, outcomes, segments, adversaries);
        }
    }

    /// <summary>The habits as people have them.</summary>
    internal HabitShares ToHabits()
    {
        var (joins, gifts, withdraws, changes) = (Habits["joins_room"], Habits["sends_gift"], Habits["withdraws"], Habits["changes_credential"]);
        var (records, least, most) = (Habits["records_motion"], Habits.Whole("motion_samples_least"), Habits.Whole("motion_samples_most"));
        return new HabitShares
        {
            MotionSamples = random => random.NextDouble() < records ? random.Next(least, Math.Max(least, most) + 1) : 0,
            Mistypes = Habits["mistypes"],
            Manages = Habits["manages_challenge"],
            SeesCaptcha = Habits["sees_captcha"],
            Finishes = Habits["finishes_registration"],
            PutsDown = Habits["phone_lies"],
            AtHome = Habits["at_home"],
            Talk = random =>
            {
                var ticket = random.NextDouble();
                return (ticket -= joins) < 0 ? Scene.JoinRoom
                    : (ticket -= gifts) < 0 ? Scene.SendGift
                    : (ticket -= withdraws) < 0 ? Scene.Withdraw
                    : ticket - changes < 0 ? Scene.ChangeCredential
                    : Scene.SendMessage;
            },
        };
    }

    private static List<SourceParameters> Sources(ParameterReader reader, IReadOnlyList<TrafficSource> catalogue, bool isAdversary)
    {
        var found = new List<SourceParameters>();
        foreach (var (name, entry) in reader.Objects())
        {
            var source = catalogue.FirstOrDefault(candidate => candidate.Name == name)
                ?? throw new ParameterException(entry.Path, $"There is no such entry. There are: {string.Join(", ", catalogue.Select(static known => known.Name))}.");
            var isUnseen = isAdversary && entry.Flag(UnseenName);
            var figures = entry.Figures([FigureSpec.Share(ShareName), .. source.Figures]);
            found.Add(new SourceParameters(source, figures[ShareName], isUnseen, figures));
        }

        return found;
    }
}
