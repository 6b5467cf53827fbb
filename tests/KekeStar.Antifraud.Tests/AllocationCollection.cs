namespace KekeStar.Antifraud.Tests;

/// <summary>
/// Facts that nothing is allocated run with nothing beside them. What a thread allocates is its own, but the pools it takes
/// from are the process's: other tests empty them, and so does a garbage collection that others cause.
/// </summary>
[CollectionDefinition(nameof(AllocationCollection), DisableParallelization = true)]
public sealed class AllocationCollection;
