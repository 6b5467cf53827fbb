using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Tests.Intake.Identifiers;
using KekeStar.Antifraud.Tests.Wire;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake;

/// <summary>
/// Makes random requests with the generated classes: random subsets of the fields with valid, broken, over-long, null and
/// empty values; then, on the wire, fields in any order, repeated, split over several messages and mixed with
/// unknown ones, all of which protocol buffers allow.
/// </summary>
internal sealed class RequestMaker(IntakeUnderTest intake, int seed)
{
    private const int UnknownField = 100;

    private readonly Random _random = new(seed);

    internal byte[] Make()
    {
        // Several messages one behind the other are, by the encoding, one merged message.
        var parts = Enumerable.Range(0, _random.Next(5) == 0 ? _random.Next(2, 4) : 1).Select(_ => Part().ToByteArray()).ToArray();
        return Disturb([.. parts.SelectMany(part => part)], depth: 0);
    }

    private ScoreRequest Part()
    {
        var request = new ScoreRequest();
        Often(() => request.EventId = _random.Next(40) == 0 ? Text(65) : Text(_random.Next(1, 64)));
        Often(() => request.Scene = (Scene)(_random.Next(30) == 0 ? 9 + _random.Next(3) : _random.Next(1, 9)));
        Sometimes(() => request.EventTime = Time());
        Sometimes(() => request.AccountId = _random.Next(40) == 0 ? Text(129) : Text(_random.Next(0, 128)));
        Sometimes(() => request.ClientIp = Address());
        Often(() => request.Consent = MakeConsent());
        Often(() => request.Device = Device());
        Sometimes(() => request.ThirdParty = ThirdParty());
        Sometimes(() => request.DeviceToken = Token());
        Sometimes(() => request.ReasonLanguage = (ReasonLanguage)_random.Next(0, 4));
        return request;
    }

    private DeviceSignals Device()
    {
        var device = new DeviceSignals();
        Sometimes(() => device.Imei = Value(Digits(14), Digits(15), "490154203237518"));
        Sometimes(() => device.Imei2 = Value(Digits(14), "352099001761481", Digits(16)));
        Sometimes(() => device.Meid = Value("A0" + Hex(12), "293608736500703710"));
        Sometimes(() => device.AndroidId = Value(Hex(16), "9774d56d682e549c"));
        Sometimes(() => device.Oaid = Value(Uuid(), Hex(64)));
        Sometimes(() => device.Idfa = Value(Uuid(), "00000000-0000-0000-0000-000000000000"));
        Sometimes(() => device.Idfv = Value(Uuid(), "{" + Uuid() + "}"));
        Sometimes(() => device.OpenUdid = Value(Hex(40)));
        Sometimes(() => device.Guid = Value(Uuid(), Uuid().ToUpperInvariant()));
        Sometimes(() => device.Serial = Value("R" + Hex(9)));
        Sometimes(() => device.Mac = Value("a8:c5:9d:6f:0b:" + Hex(2), "02:15:b2:00:00:00"));
        Sometimes(() => device.Bssid = Value("a8c5.9d6f.0b" + Hex(2), "0a-c5-9d-6f-0b-" + Hex(2)));
        Sometimes(() => device.Platform = (Platform)_random.Next(0, 6));
        Sometimes(() => device.Model = Description());
        Sometimes(() => device.Brand = Description());
        Sometimes(() => device.OsVersion = Description());
        Sometimes(() => device.OsBuild = Description());
        Sometimes(() => device.AppVersion = Description());
        Sometimes(() => device.AccessType = (AccessType)_random.Next(0, 6));
        Sometimes(() => device.Sims.Add(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Sim())));
        Sometimes(() => device.Software.Add(Names()));
        Sometimes(() => device.Processes.Add(Names()));
        Sometimes(() => device.Accelerometer = Series());
        Sometimes(() => device.Gyroscope = Series());
        return device;
    }

    private SimSignals Sim()
    {
        var sim = new SimSignals();
        var card = "8986" + Digits(14);
        Sometimes(() => sim.Iccid = Value(card, card + IdentifierReader.CheckDigit(card, 10)));
        Sometimes(() => sim.Imsi = Value("46000" + Digits(10), "460000000000000", "310260000000000"));
        Sometimes(() => sim.SimSerial = Value(Hex(12), card));
        Sometimes(() => sim.Mcc = Value("460", "46", "4600"));
        Sometimes(() => sim.Mnc = Value("00", "01", "1", "0011"));
        return sim;
    }

    private MotionSeries Series()
    {
        var series = FullRequest.MakeSeries(_random.Next(20) == 0 ? 513 : _random.Next(0, 20), 9.8f);
        switch (_random.Next(12))
        {
            case 0:
                series.X.Add(1);
                break;
            case 1 when series.Z.Count > 0:
                series.Z[0] = float.NaN;
                break;
            case 2 or 3:
                return Lively();
        }

        return series;
    }

    // Enough movement for digests, and a turn that the other sensor's series may contradict.
    private MotionSeries Lively()
    {
        var series = new MotionSeries();
        for (var i = 0; i < 128; i++)
        {
            series.TimeUs.Add((uint)i * 20_000);
            series.X.Add((float)(2 * _random.NextDouble()));
            series.Y.Add(MathF.Sin(i / 9f));
            series.Z.Add(9.8f + (2 * MathF.Sin(i / 5f)));
        }

        return series;
    }

    private List<string> Names()
    {
        string[] some = ["com.example.app", "de.robv.android.xposed.installer", "/data/local/tmp/frida-server", "", Text(128), Text(129), "微信", "com.miui.home"];
        var names = Enumerable.Range(0, _random.Next(40) == 0 ? 520 : _random.Next(0, 6)).Select(_ => some[_random.Next(some.Length)]).ToList();

        // Enough different ones for a sketch, in every other list.
        return _random.Next(2) == 0 ? names : [.. names, .. Enumerable.Range(0, _random.Next(4, 20)).Select(_ => "com.example." + Text(2))];
    }

    private Consent MakeConsent()
    {
        var consent = new Consent();
        consent.Granted.Add(_random.Next(3) == 0 ? FullRequest.AllCategories() : FullRequest.AllCategories().Where(_ => _random.Next(2) == 0));
        Sometimes(() => consent.DecidedAt = Time());
        if (_random.Next(10) == 0)
        {
            consent.Granted.Add((ConsentCategory)_random.Next(8, 40));
        }

        return consent;
    }

    private ThirdPartyResults ThirdParty()
    {
        var results = new ThirdPartyResults();
        Sometimes(() => results.Captcha = (CaptchaState)_random.Next(0, 5));
        Sometimes(() => results.VendorScore = (uint)_random.Next(0, 1_100));
        return results;
    }

    private ByteString Token()
    {
        var token = intake.Token(new KekeStar.Antifraud.Intake.Pseudonym((ulong)_random.NextInt64(), 5));
        return _random.Next(4) switch
        {
            0 => ByteString.CopyFrom(token, 0, _random.Next(token.Length)),
            1 => ByteString.CopyFrom(new byte[_random.Next(60, 70)]),
            _ => ByteString.CopyFrom(token),
        };
    }

    private Timestamp Time()
    {
        var time = IntakeUnderTest.Now.AddSeconds(_random.Next(6) switch
        {
            0 => _random.Next(500, 700),
            1 => -_random.Next(86_000, 87_000),
            _ => -_random.Next(0, 1_300),
        });
        return Timestamp.FromDateTimeOffset(time);
    }

    private string Address() => _random.Next(6) switch
    {
        0 => "10.0.0.1",
        1 => "2408:8000::" + Hex(3),
        2 => "::ffff:203.0.113." + Number(256),
        3 => "203.0.113.256",
        4 => Text(46),
        _ => "203.0." + Number(256) + "." + Number(256),
    };

    private string Description() => _random.Next(12) == 0 ? Text(65) : Text(_random.Next(0, 64));

    private string Value(params string[] valid) => _random.Next(12) switch
    {
        0 => "",
        1 => "unknown",
        2 => new string('7', 300),
        3 => "?!" + Hex(5),
        _ => valid[_random.Next(valid.Length)],
    };

    /// <summary>Shuffles, adds unknown fields and does the same within embedded messages.</summary>
    private byte[] Disturb(byte[] message, int depth)
    {
        var fields = WireBytes.Split(message).ConvertAll(field => IsMessage(field, depth) && _random.Next(2) == 0
            ? WireBytes.Bytes(field.Number, Disturb(field.Payload, depth + 1))
            : field.Raw);
        while (_random.Next(3) == 0)
        {
            fields.Add(WireBytes.OfType(UnknownField + _random.Next(3_000), WireBytes.AllTypes[_random.Next(4)]));
        }

        var shuffled = fields.ToArray();
        if (_random.Next(2) == 0)
        {
            _random.Shuffle(shuffled);
        }

        return [.. shuffled.SelectMany(field => field)];
    }

    private static bool IsMessage(WireField field, int depth) => depth switch
    {
        0 => field.Number is ScoreRequest.DeviceFieldNumber or ScoreRequest.ConsentFieldNumber or ScoreRequest.ThirdPartyFieldNumber
            or ScoreRequest.EventTimeFieldNumber,
        _ => false,
    };

    private string Text(int bytes) => new(Enumerable.Range(0, bytes).Select(_ => (char)('a' + _random.Next(26))).ToArray());

    private string Digits(int count) => new(Enumerable.Range(0, count).Select(_ => (char)('0' + _random.Next(10))).ToArray());

    private string Hex(int count) => new(Enumerable.Range(0, count).Select(_ => "0123456789abcdef"[_random.Next(16)]).ToArray());

    private string Uuid() => $"{Hex(8)}-{Hex(4)}-{Hex(4)}-{Hex(4)}-{Hex(12)}";

    private string Number(int below) => _random.Next(below).ToString(CultureInfo.InvariantCulture);

    private void Often(Action set)
    {
        if (_random.Next(12) != 0)
        {
            set();
        }
    }

    private void Sometimes(Action set)
    {
        if (_random.Next(2) == 0)
        {
            set();
        }
    }
}
