using BenchmarkDotNet.Running;
using KekeStar.Antifraud.Benchmarks.Checking;
using KekeStar.Antifraud.Benchmarks.Comparing;
using KekeStar.Antifraud.Benchmarks.Subjects;

if (args is [CompareCommitsCommand.Name, ..])
{
    return await CompareCommitsCommand.RunAsync(args);
}

// "--check": what has an allocation limit, and nothing else. Whatever else is run is held against its limits too.
const string Check = "--check";
var isCheck = args.Contains(Check, StringComparer.Ordinal);
var breaches = isCheck
    ? CheckRun.Run([.. args.Where(static argument => argument != Check)])
    : AllocationCheck.Breaches(
        AllocationLimits.All, BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, new ResultConfig()), isComplete: false);
foreach (var breach in breaches)
{
    Console.Error.WriteLine($"Allocation limit broken: {breach.Text}");
}

if (isCheck && breaches.Count == 0)
{
    Console.WriteLine($"All {AllocationLimits.All.Count} allocation limits hold.");
}

return breaches.Count == 0 ? 0 : 1;
