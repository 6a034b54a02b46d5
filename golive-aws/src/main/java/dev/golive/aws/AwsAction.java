package dev.golive.aws;

import dev.golive.Permission;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.provider.ProviderAction;
import java.util.Set;

/** A change at one service of AWS. */
abstract class AwsAction extends ProviderAction<Calls> {

    AwsAction(Aws aws, Service service, Kind kind, String sentence, Set<Permission> permissions) {
        this(aws.place(), service, kind, sentence, permissions);
    }

    AwsAction(Place place, Service service, Kind kind, String sentence, Set<Permission> permissions) {
        super(new ServicePlace(place, service), kind, sentence, permissions);
    }
}
