using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Learning;

/// <summary>Events made up for tests: honest people, three attacks that features tell, and one adversary that no training sees.</summary>
internal static class SyntheticEvents
{
    /// <summary>Makes events, a second apart.</summary>
    public static List<LabelledEvent> Make(int count, int seed)
    {
        var random = new Random(seed);
        var vector = new FeatureVector(FeatureCatalogue.Count);
        return [.. Enumerable.Range(0, count).Select(i => One(random, i * 1_000L, vector))];
    }

    private static LabelledEvent One(Random random, long time, FeatureVector vector)
    {
        vector.Clear();
        Risk? risk = random.Next(10) switch { 0 => Risk.BatchRegistration, 1 => Risk.Bot, 2 => Risk.AccountTheft, _ => null };
        Set("captcha.passed", random.Next(2));
        Set("device.accounts_1h", Less(random, 3) + (risk == Risk.BatchRegistration ? random.Next(0, 9) : 0));
        Set("ip.registrations_1h", Less(random, 6) + (risk == Risk.BatchRegistration ? random.Next(0, 9) : 0));
        Set("account.events_1h", Less(random, 8) + (risk == Risk.Bot ? random.Next(0, 30) : 0));
        Set("account.age_days", random.NextDouble() * (risk == Risk.Bot ? 2 : 7));
        Set("account.new_device", risk == Risk.AccountTheft || random.Next(10) == 0 ? 1 : 0);
        Set("account.failures_1h", risk == Risk.AccountTheft ? random.Next(0, 6) : Less(random, 3));

        // Against its direction: fewer identifiers seen on honest devices. A model that may learn it would reward many.
        Set("device.foreign_identifiers", risk is null ? random.Next(0, 3) : 0);
        if (random.Next(4) == 0)
        {
            vector.Set(FeatureCatalogue.Find("device.accounts_1h")!.Index, double.NaN);
        }

        var isStranger = risk is not null && random.Next(5) == 0;
        return new LabelledEvent
        {
            Decision = (time / 1_000) + 1,
            TimeMilliseconds = time,
            Scene = risk == Risk.BatchRegistration ? Scene.Register : (Scene)random.Next(1, 9),
            Risk = risk,
            Actor = isStranger ? "stranger" : risk?.ToString() ?? (random.Next(2) == 0 ? "household" : "dormitory"),
            IsUnseen = isStranger,
            Features = Blob(vector),
        };

        void Set(string name, double value) => vector.Set(FeatureCatalogue.Find(name)!.Index, value);
    }

    private static byte[] Blob(FeatureVector vector)
    {
        var scratch = new byte[FeatureBlob.MaxLength];
        return scratch[..FeatureBlob.Write(vector, scratch)];
    }

    // Small numbers are the usual ones.
    private static int Less(Random random, int below) => Math.Min(random.Next(below), random.Next(below));
}
