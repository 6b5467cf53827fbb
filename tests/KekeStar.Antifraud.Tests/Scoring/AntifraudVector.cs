using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Tests.Scoring;

/// <summary>Fills a feature vector by name.</summary>
internal sealed class AntifraudVector
{
    public FeatureVector Vector { get; } = new(FeatureCatalogue.Count);

    public AntifraudVector With(string name, double value, bool atLeast = false)
    {
        Vector.Set(FeatureCatalogue.Find(name)!.Index, value, atLeast);
        return this;
    }

    /// <summary>Sets one metric of a group in the windows from the shortest to the longest.</summary>
    public AntifraudVector Counts(string group, string metric, double oneMinute, double fiveMinutes, double oneHour, double oneDay, double sevenDays) =>
        With($"{group}.{metric}_1m", oneMinute)
            .With($"{group}.{metric}_5m", fiveMinutes)
            .With($"{group}.{metric}_1h", oneHour)
            .With($"{group}.{metric}_24h", oneDay)
            .With($"{group}.{metric}_7d", sevenDays);

    /// <summary>Sets every metric of a group to that of one lone attempt.</summary>
    public AntifraudVector Alone(string group, bool registers)
    {
        double registrations = registers ? 1 : 0;
        Counts(group, "events", 1, 1, 1, 1, 1);
        Counts(group, "registrations", registrations, registrations, registrations, registrations, registrations);
        Counts(group, "accounts", 1, 1, 1, 1, 1);
        Counts(group, "devices", 1, 1, 1, 1, 1);
        Counts(group, "failures", 0, 0, 0, 0, 0);
        return Counts(group, "harassment", 0, 0, 0, 0, 0);
    }
}
