namespace LifetimeMonitoring.Specimens;

/// <summary>
/// Copies of the build output, to instrument, and to allow a new build while they run. Deleted at the end.
/// </summary>
internal sealed class WorkingPlace : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lifetimemonitor-repeat-");

    public void Dispose() => _directory.Delete(recursive: true);

    public async Task<Specimen> PrepareAsync(string name, string kind)
    {
        DirectoryInfo copy = _directory.CreateSubdirectory(kind).CreateSubdirectory(name);
        Copy(new DirectoryInfo(Specimen.Built(name, Kind.Configuration(kind))), copy);
        string assembly = Path.Combine(copy.FullName, name + ".dll");
        if (!File.Exists(assembly)) throw new FileNotFoundException($"{name} is not built in {Kind.Configuration(kind)}.", assembly);
        if (kind == Kind.Coverage) await InstrumentAsync(assembly);
        return new Specimen(name, assembly);
    }

    public string NewDirectory()
    {
        string results = Path.Combine(_directory.FullName, "results");
        if (Directory.Exists(results)) Directory.Delete(results, recursive: true);
        return Directory.CreateDirectory(results).FullName;
    }

    private static async Task InstrumentAsync(string assembly)
    {
        string copy = assembly + ".instrumented";
        string output = await ChildProcess.DotnetAsync(
            "msbuild",
            Specimen.ProjectOfRepeat,
            "-t:Instrument",
            "-p:Instrumented=" + assembly,
            "-p:InstrumentedCopy=" + copy);
        if (!File.Exists(copy) || new FileInfo(copy).Length == new FileInfo(assembly).Length) throw new InvalidOperationException(output);
        File.Move(copy, assembly, overwrite: true);
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (FileInfo file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to.FullName, file.Name));
        foreach (DirectoryInfo directory in from.EnumerateDirectories()) Copy(directory, to.CreateSubdirectory(directory.Name));
    }
}
