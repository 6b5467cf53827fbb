using System.Globalization;
using Google.Protobuf;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Archive.Backtests;

/// <summary>
/// Random traffic of few people on few phones in few networks, so that windows fill up, through the service's own hot path into an archive:
/// with and without tokens and consent, late, retried, without an account, and with reported outcomes.
/// </summary>
internal sealed class RecordedTraffic : IAsyncDisposable
{
    private static readonly Scene[] Scenes = [Scene.Register, Scene.Login, Scene.NewDeviceLogin, Scene.SendMessage];

    private static readonly Outcome[] Outcomes =
        [Outcome.LoginFailed, Outcome.LoginSucceeded, Outcome.CaptchaPassed, Outcome.CaptchaFailed, Outcome.HarassmentConfirmed, Outcome.FalsePositive, Outcome.Missed];

    // Of different countries, some of data centres.
    private static readonly string[] Networks = ["1.2.4.", "36.96.8.", "101.226.3.", "8.8.8.", "52.94.7.", "91.108.4."];

    private readonly Random _random;
    private readonly GarnetWindowStore _store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 64L << 20 });
    private readonly PipelineUnderTest _pipeline;
    private readonly Phone[] _phones;
    private readonly List<ScoreRequest> _sent = [];
    private int _events;
    private Action<ScoringCall>? _read;

    public RecordedTraffic(int seed)
    {
        _random = new Random(seed);
        _pipeline = new PipelineUnderTest(_store, clock: Archive.Clock, records: Archive.Queue);
        _phones = [.. Enumerable.Range(0, 40).Select(_ => NewPhone())];
    }

    public ArchiveUnderTest Archive { get; } = new(static options => options.MaxRecordsPerFile = 1_000);

    /// <summary>How many outcomes were reported.</summary>
    public int Reports { get; private set; }

    /// <summary>The moment behind all that happened.</summary>
    public DateTimeOffset End => Archive.Clock.GetUtcNow().AddMilliseconds(1);

    /// <summary>Lets so many events happen, over days, and writes them.</summary>
    /// <param name="events">How many.</param>
    /// <param name="read">Sees what each reply was made of.</param>
    public async Task RunAsync(int events, Action<ScoringCall>? read = null)
    {
        _read = read;
        for (var i = 0; i < events; i++)
        {
            await HappenAsync();
            if (i % 500 == 499)
            {
                Assert.True(Archive.Writer.Flush());
                Archive.Writer.KeepUp();
            }
        }

        Assert.True(Archive.Writer.Flush());
        Archive.Writer.KeepUp();
    }

    public async ValueTask DisposeAsync()
    {
        await _pipeline.DisposeAsync();
        await _store.DisposeAsync();
        await Archive.DisposeAsync();
    }

    private async Task HappenAsync()
    {
        // Several in the same millisecond, most within minutes, and now and then a night.
        var step = _random.Next(10) switch { < 3 => TimeSpan.Zero, < 9 => TimeSpan.FromSeconds(_random.Next(1, 400)), _ => TimeSpan.FromMinutes(_random.Next(1, 90)) };
        Archive.Clock.Advance(step);
        var request = _sent.Count > 0 && _random.Next(40) == 0 ? _sent[_random.Next(_sent.Count)] : NewRequest();
        var age = _random.Next(12) == 0 ? TimeSpan.FromMinutes(_random.Next(1, 600)) : TimeSpan.Zero;
        var reply = await _pipeline.ScoreAsync(request, age, _read);
        await _pipeline.Get<LogTrimmer>().TrimPendingAsync();
        _sent.Add(request);
        if (request.Device is { } device && Array.Find(_phones, phone => phone.Signals.AndroidId == device.AndroidId) is { KeepsToken: true } phone)
        {
            phone.Token = reply.DeviceToken;
        }

        if (_random.Next(4) == 0)
        {
            var reported = _sent[^_random.Next(1, Math.Min(_sent.Count, 60) + 1)];
            var isOfNobody = reported.AccountId.Length == 0;
            await _pipeline.ReportAsync(
                reported, Outcomes[_random.Next(Outcomes.Length)], isOfNobody && _random.Next(2) == 0 ? Account() : null);
            await _pipeline.Get<LogTrimmer>().TrimPendingAsync();
            Reports++;
        }
    }

    private ScoreRequest NewRequest()
    {
        var phone = _phones[_random.Next(_phones.Length)];
        var scene = Scenes[_random.Next(Scenes.Length)];
        var request = new ScoreRequest
        {
            EventId = string.Create(CultureInfo.InvariantCulture, $"event-{++_events}"),
            Scene = scene,
            AccountId = scene == Scene.Register && _random.Next(2) == 0 ? "" : Account(),
            ClientIp = string.Create(CultureInfo.InvariantCulture, $"{Networks[_random.Next(Networks.Length)]}{_random.Next(1, 5)}"),
            Consent = new Consent(),
            Device = phone.Signals.Clone(),
            DeviceToken = phone.Token,
            ThirdParty = new ThirdPartyResults { Captcha = (CaptchaState)_random.Next(4), VendorScore = _random.Next(3) == 0 ? (uint)_random.Next(1_001) : 0 },
        };
        request.Consent.Granted.AddRange(_random.Next(5) == 0
            ? FullRequest.AllCategories().Where(_ => _random.Next(2) == 0)
            : FullRequest.AllCategories());
        request.Device.AccessType = (AccessType)_random.Next(4);
        request.Device.Bssid = string.Create(CultureInfo.InvariantCulture, $"a8:c5:9d:6f:0b:{_random.Next(6):x2}");
        if (_random.Next(3) == 0)
        {
            request.Device.Accelerometer = Series(_random.Next(6));
        }

        return request;
    }

    // The same number gives the same recording.
    private static MotionSeries Series(int number)
    {
        var random = new Random(number);
        var series = new MotionSeries();
        var (x, y, z) = (0.0, 0.0, 9.8);
        for (var i = 0; i < 128; i++)
        {
            (x, y, z) = (0.95 * x + random.NextDouble() - 0.5, 0.95 * y + random.NextDouble() - 0.5, 9.8 + (0.95 * (z - 9.8)) + random.NextDouble() - 0.5);
            series.TimeUs.Add((uint)i * 20_000);
            series.X.Add((float)x);
            series.Y.Add((float)y);
            series.Z.Add((float)z);
        }

        return series;
    }

    private string Account() => string.Create(CultureInfo.InvariantCulture, $"account-{_random.Next(60)}");

    private Phone NewPhone()
    {
        var signals = new DeviceSignals
        {
            AndroidId = Hex(16),
            Guid = new Guid(Bytes(16)).ToString(),
            Platform = Platform.Android,
            Model = _random.Next(3) == 0 ? "PJZ110" : "2201123C",
            Brand = "Xiaomi",
            OsVersion = "14",
            OsBuild = "UKQ1.230924.001",
            AppVersion = "7.3.1",
            Serial = _random.Next(2) == 0 ? $"R58M4{Hex(6).ToUpperInvariant()}" : "",
            Imei = _random.Next(2) == 0 ? Imei() : "",
            Mac = $"a8:c5:9d:{Hex(2)}:{Hex(2)}:{Hex(2)}",
            Sims = { new SimSignals { Iccid = string.Create(CultureInfo.InvariantCulture, $"8986001234567890{_random.Next(1_000, 9_999)}") } },
        };
        signals.Software.AddRange(Enumerable.Range(0, 12).Select(app => $"com.example.app{(app < 9 ? app : _random.Next(40))}"));
        if (_random.Next(4) == 0)
        {
            signals.Software.Add("de.robv.android.xposed.installer");
        }

        return new Phone(signals, KeepsToken: _random.Next(2) == 0);
    }

    private string Imei()
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"49015420{_random.Next(100_000, 999_999)}");
        var sum = digits.Select((digit, place) => place % 2 == 0 ? digit - '0' : (2 * (digit - '0') / 10) + (2 * (digit - '0') % 10)).Sum();
        return string.Create(CultureInfo.InvariantCulture, $"{digits}{(10 - (sum % 10)) % 10}");
    }

    private string Hex(int digits) => Convert.ToHexStringLower(Bytes(digits / 2));

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private sealed record Phone(DeviceSignals Signals, bool KeepsToken)
    {
        public ByteString Token { get; set; } = ByteString.Empty;
    }
}
