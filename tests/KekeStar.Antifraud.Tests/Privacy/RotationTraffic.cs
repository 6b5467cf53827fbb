using System.Globalization;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>
/// Months of traffic, the same for the same seed: people at home and away, gangs, bots, stolen passwords, retries, late
/// events, and outcomes that come up to eight days after their event.
/// </summary>
internal sealed class RotationTraffic
{
    private const int Models = 20;

    // Most turns are one event, some a burst.
    private const double EventsPerTurn = 1.9;

    private readonly Random _random;
    private readonly DateTimeOffset _begin;
    private readonly DateTimeOffset _end;
    private readonly double _meanGapMilliseconds;
    private readonly int _people;
    private readonly int _attackers;
    private readonly PriorityQueue<(ScoreRequest Request, Outcome Outcome), DateTimeOffset> _reports = new();
    private readonly Queue<RotationStep> _pending = new();
    private readonly List<(ScoreRequest Request, int Client)> _lately = [];
    private DateTimeOffset _now;
    private int _number;
    private int _gangs;

    public RotationTraffic(int seed, DateTimeOffset begin, TimeSpan length, int events)
    {
        _random = new Random(seed);
        _begin = begin;
        _now = begin;
        _end = begin + length;

        _meanGapMilliseconds = length.TotalMilliseconds / events * EventsPerTurn;
        _people = Math.Max(20, events / 200);
        _attackers = Math.Max(20, events / 1_500);
    }

    /// <summary>All steps in the order in which they happen.</summary>
    public IEnumerable<RotationStep> Steps()
    {
        while (_now < _end)
        {
            _now += TimeSpan.FromMilliseconds(-Math.Log(1 - _random.NextDouble()) * _meanGapMilliseconds);
            Turn();
            while (_pending.TryDequeue(out var step))
            {
                while (_reports.TryPeek(out var report, out var at) && at <= step.At)
                {
                    _reports.Dequeue();
                    yield return new RotationStep(at, null, report.Request, -1, report.Outcome);
                }

                yield return step;
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Turn()
    {
        switch (_random.Next(200))
        {
            case < 3:
                Gang();
                break;
            case < 6:
                Bot();
                break;
            case < 9:
                StolenPasswords();
                break;
            case < 20 when _lately.Count > 0:
                // A retry: the same event again, of the same time.
                var (again, client) = _lately[_random.Next(_lately.Count)];
                Add(_now, again.Clone(), client, again.EventTime.ToDateTimeOffset());
                break;
            default:
                Person(_random.Next(_people));
                break;
        }
    }

    private void Person(int person)
    {
        var isAway = _random.Next(20) == 0;
        var phone = _random.Next(30) == 0 ? person + 1_000_000 : person;
        var scene = (Scene)_random.Next((int)Scene.Login, (int)Scene.ChangeCredential + 1);
        var request = Event(Text($"person-{person}"), scene, phone, isAway ? _random.Next(5_000) : person / 3);
        var isLate = _random.Next(50) == 0;
        Add(_now, request, Client(phone), isLate ? _now - TimeSpan.FromHours(20 * _random.NextDouble()) : null);
        if (scene is Scene.Login or Scene.NewDeviceLogin)
        {
            Report(request, _random.Next(10) == 0 ? Outcome.LoginFailed : Outcome.LoginSucceeded, TimeSpan.FromSeconds(2));
        }

        if (_random.Next(10) == 0)
        {
            var outcomes = new[] { Outcome.HarassmentConfirmed, Outcome.CaptchaPassed, Outcome.CaptchaFailed, Outcome.FalsePositive, Outcome.AccountTheftConfirmed };
            Report(request, outcomes[_random.Next(outcomes.Length)], TimeSpan.FromDays(7.9 * _random.NextDouble()));
        }
    }

    private void Gang()
    {
        var gang = ++_gangs;
        var size = _random.Next(5, 40);
        var at = _now;
        for (var i = 0; i < size; i++)
        {
            var phone = 2_000_000 + (gang * 10) + (i % 4);
            var hasAccount = _random.Next(2) == 0;
            var request = Event(hasAccount ? Text($"gang-{gang}-{i}") : "", Scene.Register, phone, 10_000 + gang);
            Add(at, request, Client(phone), null);
            if (!hasAccount)
            {
                var completed = request.Clone();
                completed.AccountId = Text($"gang-{gang}-{i}");
                Report(completed, Outcome.RegistrationCompleted, TimeSpan.FromSeconds(5));
            }

            at += TimeSpan.FromSeconds(_random.Next(1, 30));
        }

        _now = at;
    }

    private void Bot()
    {
        var bot = _random.Next(_attackers);
        var at = _now;
        for (var i = 0; i < 30; i++)
        {
            Add(at, Event(Text($"bot-{bot}"), Scene.SendMessage, 3_000_000 + bot, 20_000 + bot), Client(3_000_000 + bot), null);
            at += TimeSpan.FromSeconds(4);
        }

        _now = at;
    }

    private void StolenPasswords()
    {
        var phone = 4_000_000 + _random.Next(_attackers);
        var at = _now;
        for (var i = 0; i < 20; i++)
        {
            var request = Event(Text($"person-{_random.Next(_people)}"), Scene.Login, phone, 30_000 + phone);
            Add(at, request, Client(phone), null);
            Report(request, _random.Next(8) == 0 ? Outcome.LoginSucceeded : Outcome.LoginFailed, TimeSpan.FromSeconds(1));
            at += TimeSpan.FromSeconds(_random.Next(1, 5));
        }

        _now = at;
    }

    // Two installations of five keep the device's token, the others forget it at once.
    private static int Client(int phone) => phone % 5 < 2 ? phone : -1;

    // One phone of ten is reset every three weeks; where its token is kept it stays the same device all the same.
    private int Resets(int phone) => phone % 10 == 1 ? (int)((_now - _begin).TotalDays + phone) / 21 % 256 : 0;

    private void Add(DateTimeOffset at, ScoreRequest request, int client, DateTimeOffset? eventTime)
    {
        request.EventTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(eventTime ?? at);
        _pending.Enqueue(new RotationStep(at, eventTime, request, client, Outcome.Unspecified));
        if (_lately.Count < 200)
        {
            _lately.Add((request, client));
        }
        else
        {
            _lately[_random.Next(_lately.Count)] = (request, client);
        }

        _lately.RemoveAll(earlier => at - earlier.Request.EventTime.ToDateTimeOffset() > TimeSpan.FromHours(12));
    }

    private void Report(ScoreRequest request, Outcome outcome, TimeSpan after) =>
        _reports.Enqueue((request, outcome), _now + after);

    private ScoreRequest Event(string account, Scene scene, int phone, int place)
    {
        var request = new ScoreRequest
        {
            EventId = Text($"e-{++_number}"),
            Scene = scene,
            AccountId = account,
            ClientIp = Text($"{11 + (place / 65_536)}.{place / 256 % 256}.{place % 256}.{1 + (phone % 200)}"),
            Consent = new Consent { Granted = { ConsentCategory.NetworkIdentifiers, ConsentCategory.Sim, ConsentCategory.AdvertisingIdentifiers } },
            Device = new DeviceSignals
            {
                Platform = Platform.Android,
                Model = Text($"model-{phone % Models}"),
                OsBuild = "build-1",
                AppVersion = "8.4",
                Bssid = Text($"0c:00:00:{place / 65_536:x2}:{place / 256 % 256:x2}:{place % 256:x2}"),
                AndroidId = Text($"5e{Resets(phone):x2}{phone:x12}"),
            },
        };
        if (phone % 4 < 2)
        {
            // A gang's phones come from one image, everybody else's list is their own.
            request.Consent.Granted.Add(ConsentCategory.Software);
            var image = phone is >= 2_000_000 and < 3_000_000 ? phone / 10 : phone;
            request.Device.Software.Add(Enumerable.Range(0, 12).Select(app => Text($"com.example.i{image}.app{app}")));
        }

        if (phone % 4 != 0)
        {
            request.Consent.Granted.Add(ConsentCategory.DeviceIdentifiers);
        }

        return request;
    }
}
