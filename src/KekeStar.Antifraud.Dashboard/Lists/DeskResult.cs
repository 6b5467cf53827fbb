using Grpc.Core;

namespace KekeStar.Antifraud.Dashboard.Lists;

/// <summary>How something that was asked of the service's own code ended, for a page.</summary>
internal enum DeskResult
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There was nothing to do: no such entry.</summary>
    NotFound,

    /// <summary>What was typed has not the form of an identifier of its kind.</summary>
    BadValue,

    /// <summary>What was typed is a value that many devices share, so it says nothing.</summary>
    SharedValue,

    /// <summary>The purpose has not the form that the audit log takes.</summary>
    BadPurpose,

    /// <summary>The end lies behind, or too far ahead.</summary>
    BadExpiry,

    /// <summary>There is no more room.</summary>
    Full,

    /// <summary>The store or the audit log does not take it now.</summary>
    Unavailable,
}

/// <summary>Turns the service's answers into a <see cref="DeskResult"/>.</summary>
internal static class DeskResults
{
    /// <summary>Result of an error that the gRPC services give.</summary>
    public static DeskResult Of(RpcException error) => error.StatusCode switch
    {
        StatusCode.ResourceExhausted => DeskResult.Full,
        StatusCode.InvalidArgument => OfField(error.Status.Detail),
        _ => DeskResult.Unavailable,
    };

    // The errors begin with the name of the field, which is part of the contract.
    private static DeskResult OfField(string error) =>
        error.StartsWith("purpose", StringComparison.Ordinal) ? DeskResult.BadPurpose
        : error.StartsWith("expires_at", StringComparison.Ordinal) ? DeskResult.BadExpiry
        : error.StartsWith("value is one that many", StringComparison.Ordinal) ? DeskResult.SharedValue
        : DeskResult.BadValue;
}
