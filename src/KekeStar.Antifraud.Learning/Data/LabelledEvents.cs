namespace KekeStar.Antifraud.Learning.Data;

/// <summary>Decisions of which something is known.</summary>
/// <param name="Events">In the order of their time.</param>
/// <param name="Truth">Where it is known from, for people: how many by outcomes, marks and labels.</param>
internal sealed record LabelledEvents(IReadOnlyList<LabelledEvent> Events, string Truth);
