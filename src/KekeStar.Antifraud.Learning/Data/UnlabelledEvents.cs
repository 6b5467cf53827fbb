namespace KekeStar.Antifraud.Learning.Data;

/// <summary>What becomes of decisions of which nothing is known.</summary>
internal enum UnlabelledEvents
{
    /// <summary>They teach nothing. For labels that cover everything, such as a simulation's.</summary>
    Ignore,

    /// <summary>
    /// Those that were passed or reviewed are honest; those that were challenged or rejected still teach nothing, else a model would learn that what
    /// rules stop is honest wherever nobody looked. For outcomes and marks, which exist of few events.
    /// </summary>
    Honest,
}
