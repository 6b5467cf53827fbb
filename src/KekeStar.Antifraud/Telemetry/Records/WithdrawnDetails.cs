namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>What a withdrawal takes from an account's rows beside the blobs.</summary>
/// <param name="Device">The device's pseudonym.</param>
/// <param name="Bssid">The access point's.</param>
/// <param name="Cohort">The cohort's.</param>
/// <param name="Labels">The labels that such signals prove.</param>
internal sealed record WithdrawnDetails(bool Device, bool Bssid, bool Cohort, IReadOnlyCollection<string> Labels);
