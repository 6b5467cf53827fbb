namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Facts of exact numbers on a service's page of metrics run with nothing beside them: all services of a process count into each other's.</summary>
[CollectionDefinition(nameof(MetricsCollection), DisableParallelization = true)]
public sealed class MetricsCollection;
