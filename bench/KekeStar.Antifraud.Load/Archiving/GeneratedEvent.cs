using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>Who did what from where, before anything is decided about it; reused. Numbers below 0: there is none.</summary>
internal sealed class GeneratedEvent
{
    /// <summary>Gets or sets what the user was about to do.</summary>
    public Scene Scene { get; set; }

    /// <summary>Gets or sets the number of the account.</summary>
    public long Account { get; set; }

    /// <summary>Gets or sets the number of the device.</summary>
    public long Device { get; set; }

    /// <summary>Gets or sets the number of the address.</summary>
    public long Ip { get; set; }

    /// <summary>Gets or sets the number of the network prefix.</summary>
    public long IpPrefix { get; set; }

    /// <summary>Gets or sets the number of the access point.</summary>
    public long Bssid { get; set; }

    /// <summary>Gets or sets the number of the cohort.</summary>
    public long Cohort { get; set; }

    /// <summary>Gets or sets a value indicating whether the user granted more than what is essential.</summary>
    public bool HasConsent { get; set; }

    /// <summary>Gets or sets a value indicating whether many strangers share the address.</summary>
    public bool IsShared { get; set; }

    /// <summary>Gets or sets the gang; null: an honest user.</summary>
    public GeneratedGang? Gang { get; set; }
}
