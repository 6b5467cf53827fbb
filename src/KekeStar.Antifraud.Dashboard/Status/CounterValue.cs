namespace KekeStar.Antifraud.Dashboard.Status;

/// <summary>One counter of the service since its start.</summary>
/// <param name="Name">The instrument's name and its tag, such as "antifraud.store.calls · Timeout".</param>
/// <param name="Value">The count.</param>
/// <param name="IsTrouble">True if anything but 0 asks for a look.</param>
internal sealed record CounterValue(string Name, long Value, bool IsTrouble);
