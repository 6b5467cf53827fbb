namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>Which method is called.</summary>
internal enum LoadMethod
{
    /// <summary>The bare echo of the same bytes.</summary>
    Echo,

    /// <summary>The service's unary Score.</summary>
    Score,

    /// <summary>The service's ScoreStream: long-lived streams, several events in flight on each.</summary>
    Stream,

    /// <summary>The service's ScoreBatch: many events in a call.</summary>
    Batch,
}

/// <summary>The paths of the methods.</summary>
internal static class LoadMethods
{
    /// <summary>Gives ":path" of a method.</summary>
    public static string Path(this LoadMethod method) => method switch
    {
        LoadMethod.Echo => $"/{Targets.EchoService.Name}/{Targets.EchoService.MethodName}",
        LoadMethod.Stream => "/kekestar.antifraud.v1.Antifraud/ScoreStream",
        LoadMethod.Batch => "/kekestar.antifraud.v1.Antifraud/ScoreBatch",
        _ => "/kekestar.antifraud.v1.Antifraud/Score",
    };
}
