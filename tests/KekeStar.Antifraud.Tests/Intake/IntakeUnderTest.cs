using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Intake.RiskTools;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Intake;

/// <summary>Intake and identity with a fixed key and a fixed clock.</summary>
internal sealed class IntakeUnderTest
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, 250, TimeSpan.Zero);

    private static readonly byte[] MasterKey = [.. Enumerable.Range(1, KeyEpoch.MasterKeyLength).Select(number => (byte)number)];

    internal IntakeUnderTest(byte epoch = 1)
    {
        var time = new FakeTimeProvider(Now);
        Pseudonymiser = new Pseudonymiser(new KeyRing(new KeyEpoch(epoch, MasterKey)));
        Tokens = new DeviceTokens(Pseudonymiser);
        Parser = new ScoreRequestParser(new DeviceSignalsParser(Pseudonymiser, RiskToolTable.Shipped), Pseudonymiser, time);
        Resolver = new DeviceResolver(Pseudonymiser, Tokens);
        Reports = new ReportRequestParser(Pseudonymiser, time);
        Entities = new EntityPseudonyms(Pseudonymiser);
    }

    internal static long NowMilliseconds => Now.ToUnixTimeMilliseconds();

    internal Pseudonymiser Pseudonymiser { get; }

    internal DeviceTokens Tokens { get; }

    internal ScoreRequestParser Parser { get; }

    internal DeviceResolver Resolver { get; }

    internal ReportRequestParser Reports { get; }

    internal EntityPseudonyms Entities { get; }

    /// <summary>Parses and, as the pipeline does, resolves the device.</summary>
    internal void Parse(ReadOnlySpan<byte> message, ScoreEvent target)
    {
        Parser.Parse(message, target);
        if (target.Error == RequestError.None)
        {
            Resolver.Resolve(target);
        }
    }

    internal ScoreEvent Parse(ReadOnlySpan<byte> message)
    {
        var target = new ScoreEvent();
        Parse(message, target);
        return target;
    }
}
