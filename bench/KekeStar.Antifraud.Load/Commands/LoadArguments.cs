using System.CommandLine;
using System.Net;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>The options that "run" and "privacy-cost" share.</summary>
internal sealed class LoadArguments
{
    private const double LongestSeconds = 86_400;

    private readonly Option<double> _seconds;
    private readonly Option<double> _warmup;
    private readonly Option<int> _connections = BoundedOption.Create("--connections", "Connections, each with a thread of its own.", 4, 1, 1_000);
    private readonly Option<int> _streams = BoundedOption.Create("--streams", "Streams open on each connection at most: calls in flight, or long-lived streams.", 32, 1, 10_000);
    private readonly Option<int> _messages = BoundedOption.Create("--messages", "Messages in flight on each long-lived stream (method stream).", 4, 1, 10_000);
    private readonly Option<int> _batch = BoundedOption.Create("--batch", "Events of each call (method batch).", 32, 1, 256);
    private readonly Option<WriteMode> _writes = new("--writes") { Description = "coalesced: all calls due at a time go in one write to the kernel; single: each in its own, as ordinary gRPC clients do.", DefaultValueFactory = static _ => WriteMode.Coalesced };
    private readonly Option<double> _rate = BoundedOption.Create("--rate", "Open loop: events per second of all connections. 0: closed loop.", 0.0, 0, 10_000_000);
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
        Array.ForEach<Option>([_seconds, _warmup, _connections, _streams, _messages, _batch, _writes, _rate, _deadline, _accounts, _zipf], command.Options.Add);
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
        MessagesPerStream = parsed.GetValue(_messages),
        Batch = parsed.GetValue(_batch),
        Writes = parsed.GetValue(_writes),
        Rate = parsed.GetValue(_rate),
        DeadlineMs = parsed.GetValue(_deadline),
        ServerProcesses = serverProcesses,
        Shape = new TrafficShape { Accounts = parsed.GetValue(_accounts), Exponent = parsed.GetValue(_zipf) },
    };
}
