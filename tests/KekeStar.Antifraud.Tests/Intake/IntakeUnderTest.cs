using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.RiskTools;
using KekeStar.Antifraud.Tests.Intake.Sealing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Intake;

/// <summary>Intake and identity with a fixed key and a fixed clock.</summary>
internal sealed class IntakeUnderTest
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, 250, TimeSpan.Zero);

    private static readonly byte[] MasterKey = [.. Enumerable.Range(1, KeyEpoch.MasterKeyLength).Select(number => (byte)number)];

    internal IntakeUnderTest(byte epoch = 1)
        : this(new KeySet(new KeyEpoch(epoch, MasterKey)))
    {
    }

    internal IntakeUnderTest(KeySet keys)
    {
        var time = new FakeTimeProvider(Now);
        Epoch = keys.Current;
        Keys = keys;
        Ring = new KeyRing(Keys);
        var opener = SealingUnderTest.Opener();
        var tables = new ReferenceTableSource(new ReferenceTableOptions(), time, NullLogger<ReferenceTableSource>.Instance);
        Parser = new ScoreRequestParser(Ring, opener, Consents, tables, time);
        Reports = new ReportRequestParser(Ring, opener, Consents, time);
    }

    internal static long NowMilliseconds => Now.ToUnixTimeMilliseconds();

    internal KeyEpoch Epoch { get; }

    internal KeySet Keys { get; }

    internal KeyRing Ring { get; }

    internal ConsentBook Consents { get; } = new();

    internal ScoreRequestParser Parser { get; }

    internal ReportRequestParser Reports { get; }

    /// <summary>Parses and, as the pipeline does, resolves the device.</summary>
    internal void Parse(ReadOnlySpan<byte> message, ScoreEvent target)
    {
        Parser.Parse(message, target);
        if (target.Error == RequestError.None)
        {
            DeviceResolver.Resolve(target);
        }
    }

    /// <summary>An event of which nothing is read yet.</summary>
    internal ScoreEvent NewEvent()
    {
        var target = new ScoreEvent();
        target.Clear();
        target.Keys = Keys;
        return target;
    }

    /// <summary>The token of a device.</summary>
    internal byte[] Token(Pseudonym device)
    {
        var token = new byte[DeviceTokens.MaxLength];
        return token[..DeviceTokens.Seal(Keys, device, otherDevice: default, token)];
    }

    internal ScoreEvent Parse(ReadOnlySpan<byte> message)
    {
        var target = new ScoreEvent();
        Parse(message, target);
        return target;
    }
}
