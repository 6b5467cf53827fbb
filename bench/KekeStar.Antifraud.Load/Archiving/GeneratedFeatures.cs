using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>
/// Features that fit an event: not counted in windows, but drawn so that an honest user looks like one, a gang like a gang, and the longer
/// window never holds less than the shorter. The shipped policy decides about them as about any others.
/// </summary>
internal sealed class GeneratedFeatures
{
    // Of a log the last 256 records are looked at; past that a count is a lower bound.
    private const int MostRecords = 256;

    private static readonly int WindowCount = WindowLengths.Count;

    private static readonly (int Index, ConsentCategory Consent)[] Singles =
        [.. FeatureCatalogue.All[WindowedFeatures.Count..].ToArray().Select(static feature => (feature.Index, feature.Consent))];

    private static readonly FeatureGroup[] DeviceGroups = [FeatureGroup.Device, FeatureGroup.Identifier, FeatureGroup.AndroidId, FeatureGroup.Oaid, FeatureGroup.Guid];

    private static readonly int[] Unknown = Indices("step_up.passed_minutes", "vendor.score", "device.confidence", "cohort.surge");
    private static readonly int Vendor = Index("vendor.score");
    private static readonly int StepUp = Index("step_up.passed_minutes");
    private static readonly int AgeDays = Index("account.age_days");
    private static readonly int[] Present = Indices("account.known", "device.known", "device.android", "ip.country_known");
    private static readonly int[] OfNewcomer = Indices("account.known", "account.age_days", "account.new_device", "account.new_network");
    private static readonly int NewDevice = Index("account.new_device");
    private static readonly int NewNetwork = Index("account.new_network");
    private static readonly int Hosting = Index("ip.hosting");
    private static readonly int EmulatorModel = Index("consistency.emulator_model");
    private static readonly int[] FarmTools = Indices("software.group_control", "software.device_changer", "software.multi_open", "motion.constant", "device.shared_identifiers");
    private static readonly int[] EmulatorSigns = Indices("software.emulator", "device.emulator_identifier", "motion.zero", "consistency.low_entropy_identifier");
    private static readonly int[] RingTools = Indices("software.auto_clicker", "software.multi_open", "software.root");
    private static readonly int RiskTools = Index("software.risk_tools");

    // What honest users have as well, with how many of them do.
    private static readonly (int Index, double Share)[] Everyday =
    [
        (Index("software.vpn"), 0.06), (Index("software.root"), 0.015), (Index("software.multi_open"), 0.012), (Index("software.auto_clicker"), 0.004),
        (Index("software.packet_capture"), 0.002), (Index("software.location_faker"), 0.003), (Index("software.emulator"), 0.002),
        (Index("motion.still"), 0.30), (Index("motion.zero"), 0.008), (Index("network.sim_country_differs"), 0.01), (Index("ip.hosting"), 0.012),
        (Index("captcha.passed"), 0.03), (Index("captcha.failed"), 0.006), (Index("captcha.pending"), 0.008),
        (Index("consistency.imei_invalid"), 0.002), (Index("consistency.model_brand"), 0.001), (Index("account.new_sim"), 0.01),
    ];

    private readonly double[] _shares = new double[WindowCount];

    /// <summary>Fills a vector.</summary>
    /// <param name="numbers">Random choices.</param>
    /// <param name="made">The event.</param>
    /// <param name="features">Receives the features.</param>
    public void Fill(GeneratedNumbers numbers, GeneratedEvent made, FeatureVector features)
    {
        features.Clear();
        FillSingles(numbers, made, features);
        var gang = made.Gang?.Kind;
        double registrations = made.Scene == Scene.Register ? 0.6 : 0.02;
        GroupActivity own = gang switch
        {
            GangKind.PhoneFarm => new(40 + numbers.Below(120), 0.5, 0.5, 6, 1, 0.05, numbers.Below(3), 0.9),
            GangKind.EmulatorFarm => new(20 + numbers.Below(60), 0.6, 0.55, 6, 1, 0.05, 0, 0.85),
            GangKind.CredentialStuffing => new(200 + numbers.Below(300), 0.8, 0, 60, 1, 0.8, 0, 0.8),
            GangKind.MessageRing => new(180 + numbers.Below(300), 0.6, 0.02, 5, 1, 0.02, 1 + numbers.Below(4), 0.92),
            _ => new(numbers.LogNormal(18, 0.9), 0.25, registrations / 8, 1 + (numbers.In(0.05) ? 1 : 0), 1, numbers.In(0.05) ? 0.15 : 0, 0, 0.35 * numbers.Share()),
        };
        if (made.Account >= 0)
        {
            GroupActivity account = gang == GangKind.CredentialStuffing
                ? new(10 + numbers.Below(20), 0.6, 0, 1, 2 + numbers.Below(3), 0.5, 0, 0.3)
                : own with { Accounts = 1, Devices = 1 + (numbers.In(0.08) ? 1 : 0), Registrations = 0 };
            Set(numbers, features, FeatureGroup.Account, account, made.Scene);
        }

        if (made.HasConsent)
        {
            foreach (FeatureGroup group in DeviceGroups)
            {
                Set(numbers, features, group, own, made.Scene);
            }

            Set(numbers, features, FeatureGroup.Sim, own with { Devices = 1 }, made.Scene);
            Set(numbers, features, FeatureGroup.Similar, gang is null
                ? new(numbers.LogNormal(30, 0.8), 0.2, 0.06, 20, 20, 0.02, 0, 0.1)
                : own with { Week = 3 * own.Week, Accounts = 60, Devices = 30 }, made.Scene);
        }

        GroupActivity network = gang is not null
            ? own with { Week = 6 * own.Week, Accounts = 12 * own.Accounts, Devices = 16 }
            : made.IsShared
                ? new(numbers.LogNormal(900, 0.6), 0.35, 0.04, 180, 170, 0.03, 0, 0.05)
                : own with { Week = 2 * own.Week, Accounts = 2, Devices = 2 };
        Set(numbers, features, FeatureGroup.Ip, network, made.Scene);
        Set(numbers, features, FeatureGroup.IpPrefix, network with { Week = 5 * network.Week, Accounts = 5 * network.Accounts }, made.Scene);
        Set(numbers, features, FeatureGroup.Cohort, new(numbers.LogNormal(gang is null ? 600 : 300, 0.7), 0.3, gang is null ? 0.05 : 0.5, 200, 190, 0.03, 0, 0.05), made.Scene);
        if (made.Bssid >= 0)
        {
            Set(numbers, features, FeatureGroup.Bssid, network, made.Scene);
        }
    }

    private static int Index(string name) => FeatureCatalogue.Find(name)!.Index;

    private static int[] Indices(params string[] names) => Array.ConvertAll(names, Index);

    private static void FillSingles(GeneratedNumbers numbers, GeneratedEvent made, FeatureVector features)
    {
        double[] values = features.Values;
        foreach ((int index, ConsentCategory consent) in Singles)
        {
            values[index] = made.HasConsent || consent == ConsentCategory.Essential ? 0 : double.NaN;
        }

        Array.ForEach(Unknown, index => values[index] = double.NaN);
        Array.ForEach(Present, index => Raise(values, index));
        if (made.Scene == Scene.Register)
        {
            Array.ForEach(OfNewcomer, index => values[index] = double.NaN);
        }
        else
        {
            values[AgeDays] = Math.Round(Math.Min(7, numbers.LogNormal(9, 1)), 3);
        }

        foreach ((int index, double share) in Everyday)
        {
            if (numbers.In(share))
            {
                Raise(values, index);
            }
        }

        if (numbers.In(0.25))
        {
            values[Vendor] = (int)(1_000 * Math.Pow(numbers.Share(), made.Gang is null ? 5 : 1));
        }

        if (numbers.In(0.02))
        {
            values[StepUp] = numbers.Below(240);
        }

        if (made.Scene == Scene.NewDeviceLogin || numbers.In(0.015) || made.Gang?.Kind == GangKind.CredentialStuffing)
        {
            Raise(values, NewDevice);
        }

        if (numbers.In(made.Gang?.Kind == GangKind.CredentialStuffing ? 0.95 : 0.08))
        {
            Raise(values, NewNetwork);
        }

        FillSigns(numbers, made, values);
    }

    private static void FillSigns(GeneratedNumbers numbers, GeneratedEvent made, double[] values)
    {
        int[] signs = made.Gang?.Kind switch
        {
            GangKind.PhoneFarm => FarmTools,
            GangKind.EmulatorFarm => EmulatorSigns,
            GangKind.MessageRing => RingTools,
            _ => [],
        };
        foreach (int sign in signs)
        {
            if (numbers.In(0.45))
            {
                Raise(values, sign);
            }
        }

        if (made.Gang?.Kind is GangKind.EmulatorFarm)
        {
            Raise(values, EmulatorModel);
        }

        if (made.Gang?.Kind is GangKind.EmulatorFarm or GangKind.CredentialStuffing)
        {
            Raise(values, Hosting);
        }

        if (!double.IsNaN(values[RiskTools]))
        {
            double tools = 0;
            for (int index = RiskTools + 1; index <= RiskTools + 11; index++)
            {
                tools += values[index];
            }

            values[RiskTools] = tools;
        }
    }

    // What the user refused stays unknown.
    private static void Raise(double[] values, int index)
    {
        if (!double.IsNaN(values[index]))
        {
            values[index] = 1;
        }
    }

    private void Set(GeneratedNumbers numbers, FeatureVector features, FeatureGroup group, GroupActivity activity, Scene scene)
    {
        double recent = activity.Recent * (0.5 + numbers.Share());
        _shares[(int)WindowLength.SevenDays] = 1;
        _shares[(int)WindowLength.OneDay] = Math.Min(1, recent);
        _shares[(int)WindowLength.OneHour] = Math.Min(1, recent * recent * 0.8);
        _shares[(int)WindowLength.FiveMinutes] = recent * recent * recent * 0.35;
        _shares[(int)WindowLength.OneMinute] = recent * recent * recent * 0.1;
        double week = Math.Max(1, Math.Floor(activity.Week));
        int registering = scene == Scene.Register ? 1 : 0;
        int first = FeatureCatalogue.WindowFeature(group, WindowMetric.Events, WindowLength.OneMinute);
        for (int window = 0; window < WindowCount; window++)
        {
            double share = _shares[window];
            double events = Math.Max(1, Math.Floor(week * share));
            bool atLeast = events > MostRecords;
            events = Math.Min(events, MostRecords);
            Put(WindowMetric.Events, events);
            Put(WindowMetric.Registrations, Math.Max(registering, Math.Floor(events * activity.Registrations)));
            Put(WindowMetric.Accounts, Math.Clamp(Math.Ceiling(activity.Accounts * Math.Sqrt(share)), 1, events));
            Put(WindowMetric.Devices, Math.Clamp(Math.Ceiling(activity.Devices * Math.Sqrt(share)), 1, events));
            double failures = Math.Floor(events * activity.Failures);
            Put(WindowMetric.Failures, failures);
            Put(WindowMetric.Harassment, Math.Min(events, Math.Floor(activity.Harassment * share)));
            Put(WindowMetric.FailedAccounts, Math.Min(failures, Math.Ceiling(activity.Accounts * Math.Sqrt(share) * activity.Failures)));
            if (events >= WindowMetrics.RegularityAttempts)
            {
                Put(WindowMetric.Regularity, Math.Round(activity.Regularity, 2));
            }

            void Put(WindowMetric metric, double value) => features.Set(first + ((int)metric * WindowCount) + window, value, atLeast);
        }
    }
}
