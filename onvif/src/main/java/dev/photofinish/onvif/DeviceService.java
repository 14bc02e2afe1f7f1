package dev.photofinish.onvif;

import dev.photofinish.onvif.soap.SoapRequest;

/** The operations of the device service that are used here. */
final class DeviceService {
  private static final String NAMESPACE = "http://www.onvif.org/ver10/device/wsdl";

  static final SoapRequest CLOCK = request("GetSystemDateAndTime", "");
  static final SoapRequest SERVICES =
      request("GetServices", "<o:IncludeCapability>false</o:IncludeCapability>");

  /** For cameras from before GetServices. */
  static final SoapRequest CAPABILITIES =
      request("GetCapabilities", "<o:Category>All</o:Category>");

  static final SoapRequest INFORMATION = request("GetDeviceInformation", "");

  private DeviceService() {}

  private static SoapRequest request(String operation, String content) {
    return new SoapRequest(NAMESPACE, operation, content);
  }
}
