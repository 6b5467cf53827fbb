using System.CommandLine;
using System.Net;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>The options that "run" and "compare" share.</summary>
internal sealed class LoadArguments
{
    private const double LongestSeconds = 86_400;

    private readonly Option<double> _seconds;
    private readonly Option<double> _warmup;
    private readonly Option<int> _connections = BoundedOption.Create("--connections", "Connections, each with a thread of its own.", 4, 1, 1_000);
    private readonly Option<int> _streams = BoundedOption.Create("--streams", "Calls in flight on each connection at most.", 32, 1, 10_000);
    private readonly Option<double> _rate = BoundedOption.Create("--rate", "Open loop: calls per second of all connections. 0: closed loop.", 0.0, 0, 10_000_000);
    private readonly Option<int> _deadline = BoundedOption.Create("--deadline-ms", "Deadline sent with each call. 0: none.", 0, 0, 60_000);
    private readonly Option<int> _accounts = BoundedOption.Create("--accounts", "Accounts and devices.", new TrafficShape().Accounts, 1, 1_000_000);
    private readonly Option<double> _zipf = BoundedOption.Create("--zipf", "Zipf exponent of the accounts. 0: all alike.", new TrafficShape().Exponent, 0, 5);

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="warmupSeconds">Default of --warmup.</param>
    /// <param name="seconds">Default of --seconds.</param>
    public LoadArguments(Command command, double warmupSeconds, double seconds = 5)
    {
        _seconds = BoundedOption.Create("--seconds", "How long to measure.", seconds, 0.1, LongestSeconds);
        _warmup = BoundedOption.Create("--warmup", "Seconds of load before the measurement.", warmupSeconds, 0, LongestSeconds);
        Array.ForEach<Option>([_seconds, _warmup, _connections, _streams, _rate, _deadline, _accounts, _zipf], command.Options.Add);
    }

    /// <summary>Gives the measurement of a target.</summary>
    public LoadOptions Options(ParseResult parsed, IPEndPoint target, LoadMethod method, IReadOnlyList<int> serverProcesses) => new()
    {
        Target = target,
        Method = method,
        Duration = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
        Warmup = TimeSpan.FromSeconds(parsed.GetValue(_warmup)),
        Connections = parsed.GetValue(_connections),
        Streams = parsed.GetValue(_streams),
        Rate = parsed.GetValue(_rate),
        DeadlineMs = parsed.GetValue(_deadline),
        ServerProcesses = serverProcesses,
        Shape = new TrafficShape { Accounts = parsed.GetValue(_accounts), Exponent = parsed.GetValue(_zipf) },
    };
}
