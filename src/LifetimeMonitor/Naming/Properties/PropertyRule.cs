using LifetimeMonitoring.Naming.Rules;

namespace LifetimeMonitoring.Naming.Properties;

/// <summary>Names properties and children of objects that use a library's own property system.</summary>
internal sealed class PropertyRule : IReferenceRule
{
    private static readonly IPropertySystem[] s_systems = [new AvaloniaProperties()];

    public ReferenceWords? Name(PathCursor path, int at) => path.TypeOf(at) is { } facts
        ? s_systems.Where(s => facts.Bases.Contains(s.ObjectType))
            .Select(s => s.Name(path, at))
            .FirstOrDefault(w => w is not null)
        : null;
}
