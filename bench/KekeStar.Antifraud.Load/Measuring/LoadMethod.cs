namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>Which method is called.</summary>
internal enum LoadMethod
{
    /// <summary>The bare echo of the same bytes.</summary>
    Echo,

    /// <summary>The service's unary Score.</summary>
    Score,
}

/// <summary>The paths of the methods.</summary>
internal static class LoadMethods
{
    /// <summary>Gives ":path" of a method.</summary>
    public static string Path(this LoadMethod method) => method == LoadMethod.Echo
        ? $"/{Targets.EchoService.Name}/{Targets.EchoService.MethodName}"
        : "/kekestar.antifraud.v1.Antifraud/Score";
}
