namespace KekeStar.Antifraud.Dashboard.Status;

/// <summary>The models that the policy in force names, and how they do.</summary>
/// <param name="Models">Live, then shadow; empty: it names none.</param>
/// <param name="Compared">Decisions with a shadow model since it came into force or the dashboard began.</param>
/// <param name="Agreeing">Of them, those in which the thresholds give both scores the same verdict.</param>
/// <param name="Samples">Events that the drift rests on.</param>
/// <param name="Moved">The inputs that moved most from the training, with their population stability index, the largest first.</param>
public sealed record ModelFacts(
    IReadOnlyList<NamedModel> Models, long Compared, long Agreeing, int Samples, IReadOnlyList<(string Input, double Index)> Moved);

/// <summary>One model of a policy.</summary>
/// <param name="Role">Live or Shadow.</param>
/// <param name="Name">The name that its file gives itself.</param>
/// <param name="Hash">SHA-256 of its file.</param>
/// <param name="Points">The points that it may add.</param>
/// <param name="Inputs">Number of its inputs.</param>
/// <param name="Training">Facts about its training: <c>events</c>, <c>from</c>, <c>to</c>; what is not told is missing.</param>
public sealed record NamedModel(string Role, string Name, string Hash, int Points, int Inputs, IReadOnlyDictionary<string, string> Training);
