namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>An hour to be generated, or a part of one.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end; not beyond the hour's.</param>
/// <param name="Records">Its records.</param>
internal sealed record GeneratedHour(DateTimeOffset From, DateTimeOffset To, int Records);
