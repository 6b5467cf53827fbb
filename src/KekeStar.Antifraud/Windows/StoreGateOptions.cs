using System.ComponentModel.DataAnnotations;

namespace KekeStar.Antifraud.Windows;

/// <summary>How <see cref="StoreGate"/> guards the hot path against its store.</summary>
public sealed class StoreGateOptions
{
    /// <summary>How long one event waits for the store at most.</summary>
    /// <value>
    /// Default 20 ms, 1 to 1,000 ms: with it the slowest answer of a hung Redis was measured at 26 ms, which keeps
    /// a degraded answer under 30 ms; a healthy round trip takes about 1 ms.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The store is not asked if less than this is left of the caller's deadline.</summary>
    /// <value>
    /// Default 2 ms, 0 to 1,000 ms: about one round trip within a data centre. A call that must time out would only
    /// put an event into the windows whose answer nobody sees.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan MinimumBudget { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>How many calls may wait for the store at once.</summary>
    /// <value>
    /// Default 1,024, 1 to 65,536: 20 ms at 50,000 events a second. More would queue behind a slow store without a
    /// chance of an answer in time.
    /// </value>
    [Range(1, 65_536)]
    public int MaxOutstanding { get; set; } = 1_024;

    /// <summary>After how many failures in a row the store counts as down.</summary>
    /// <value>Default 5, 1 to 1,000: one dropped connection fails a call or two.</value>
    [Range(1, 1_000)]
    public int FailuresToOpen { get; set; } = 5;

    /// <summary>How long calls must have failed, with none answered in between, before the store counts as down.</summary>
    /// <value>
    /// Default 30 ms, 0 to 1,000 ms: with the time-out of 20 ms before the first failure, a pause of up to 50 ms (a
    /// fork, a full collection, a busy machine) costs the calls in it and no further ones.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan FailingFor { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>How often one event tries a store that counts as down; all others are answered at once.</summary>
    /// <value>
    /// Default 100 ms, 10 to 1,000 ms: full answers come back well within a second, and at most ten events a second
    /// wait for a store that is away.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:01")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromMilliseconds(100);
}
